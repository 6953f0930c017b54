//! The description of the API, in OpenAPI 3.1.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::routes::{Endpoint, POSTED, Parameter, ROUTES, Values};
use crate::refusal::Refusal;
use crate::site::Site;
use crate::texts::Texts;

/// `/api/v1/openapi.json`
pub(crate) async fn show(State(site): State<Arc<Site>>) -> Result<Response, Refusal> {
    super::json(&document(site.texts, &site.settings.base_url))
}

/// The description, made from the table of routes; the schemas of the answers stand in a file of their own.
fn document(t: &Texts, base_url: &str) -> Value {
    let schemas: Value = serde_json::from_str(include_str!("schemas.json")).unwrap_or_default();
    let mut paths = Map::new();
    for route in ROUTES {
        let mut methods = path(t, route);
        if POSTED.contains(&route.name) {
            methods["post"] = posted(t, route, &methods["get"]["responses"]);
        }
        paths.insert(route.path.to_owned(), methods);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": t.say("site-name"),
            "summary": t.say("footer-what"),
            "description": t.say("api-lede"),
            "version": env!("CARGO_PKG_VERSION"),
        },
        "servers": [{ "url": base_url.trim_end_matches('/') }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn path(t: &Texts, route: &Endpoint) -> Value {
    let refused = |key: &str| {
        json!({
            "description": t.say(key),
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Refusal" } } },
        })
    };
    let schema = format!("#/components/schemas/{}", route.schema);
    let mut path = json!({
        "get": {
            "operationId": route.name,
            "summary": t.say(&route.key()),
            "parameters": route.parameters.iter().map(|p| parameter(t, p)).collect::<Vec<_>>(),
            "responses": {
                "200": {
                    "description": t.say("api-answer"),
                    "content": { "application/json": { "schema": { "$ref": schema } } },
                },
                "400": refused("error-request"),
                "404": refused("error-missing"),
            },
        },
    });
    if matches!(route.schema, "WorkPage" | "ProvisionPage") {
        path["get"]["responses"]["410"] = refused("error-withdrawn");
    }
    path
}

/// The same request with its parameters in the body.
fn posted(t: &Texts, route: &Endpoint, responses: &Value) -> Value {
    let fields: Map<String, Value> = route
        .parameters
        .iter()
        .map(|field| (field.name.to_owned(), parameter(t, field)["schema"].clone()))
        .collect();
    let schema = json!({ "type": "object", "properties": fields });
    json!({
        "operationId": format!("{}-posted", route.name),
        "summary": t.say(&route.key()),
        "requestBody": {
            "required": true,
            "content": {
                "application/json": { "schema": schema },
                "application/x-www-form-urlencoded": { "schema": schema },
            },
        },
        "responses": responses,
    })
}

fn parameter(t: &Texts, parameter: &Parameter) -> Value {
    let mut schema = match parameter.values {
        Values::Text => json!({ "type": "string" }),
        Values::Number(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Values::OneOf(names) => json!({ "type": "string", "enum": names() }),
    };
    if parameter.repeated {
        schema = json!({ "type": "array", "items": schema });
    }
    let example = match parameter.values {
        Values::Number(..) => parameter.example.parse::<u64>().map_or(Value::Null, Value::from),
        _ if parameter.repeated => json!([parameter.example]),
        _ => json!(parameter.example),
    };
    json!({
        "name": parameter.name,
        "in": if parameter.in_path { "path" } else { "query" },
        "required": parameter.required,
        "description": t.say(&parameter.key()),
        "schema": schema,
        "example": example,
    })
}
