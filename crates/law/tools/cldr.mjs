// Writes jurisdictions.tsv, languages.tsv and regions.tsv from the Unicode CLDR. See README.md.
import { createRequire } from "node:module";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const require = createRequire(import.meta.url);
const out = resolve(process.argv[2] ?? join(import.meta.dirname, "..", "data"));

/** The official languages of the United Nations, in the order of the name columns. */
const UN = ["ar", "zh", "en", "fr", "ru", "es"];

// ---------------------------------------------------------------------------------------------------- hand-fixed

/** Two-letter codes in CLDR that are not in force in ISO 3166-1. */
const NOT_ISO = new Set("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split(" "));

/** Jurisdictions beyond ISO 3166-1. EUE and XKX are in general use; INT is ours. */
const BEYOND_ISO = {
  eu: { alpha3: "EUE", territory: "EU", other: ["europa"] },
  xk: { alpha3: "XKX", territory: "XK", other: ["xkk"] },
  int: {
    alpha3: "INT",
    names: ["دولي", "国际", "International", "International", "Международный уровень", "Internacional"],
    other: ["un", "international"],
    aliases: ["United Nations", "الأمم المتحدة", "联合国", "Nations Unies", "Организация Объединенных Наций",
      "Naciones Unidas", "UN", "ONU", "ООН", "International law", "Droit international", "Derecho internacional",
      "Международное право", "القانون الدولي", "国际法"],
  },
};

/** Codes that people write although ISO 3166-1 has others. */
const OTHER_CODES = { gb: ["uk"] };

/** Where the United Nations uses another name than CLDR. The name of CLDR stays as an alias. */
const NAMES = {
  CD: { ar: "جمهورية الكونغو الديمقراطية", zh: "刚果民主共和国", en: "Democratic Republic of the Congo",
    fr: "République démocratique du Congo", ru: "Демократическая Республика Конго" },
  CG: { ar: "الكونغو", zh: "刚果", en: "Congo", fr: "Congo", ru: "Конго" },
  CV: { en: "Cabo Verde", fr: "Cabo Verde" },
  MM: { ar: "ميانمار", en: "Myanmar", fr: "Myanmar", ru: "Мьянма", es: "Myanmar" },
  PS: { ar: "دولة فلسطين", zh: "巴勒斯坦国", en: "State of Palestine", fr: "État de Palestine",
    ru: "Государство Палестина", es: "Estado de Palestina" },
  SX: { ar: "سينت مارتن" },
  GS: { en: "South Georgia and the South Sandwich Islands" },
  VC: { en: "Saint Vincent and the Grenadines" },
  AE: { ru: "Объединенные Арабские Эмираты" },
  TL: { ar: "تيمور-ليشتي", fr: "Timor-Leste", ru: "Тимор-Лешти" },
};

/** Further names, official and everyday. Names in the six languages of CLDR need not be repeated. */
const ALIASES = {
  AE: "UAE|Emirates|The Emirates|EAU|الإمارات|阿联酋",
  AG: "Antigua", AR: "Argentine Republic", AU: "Commonwealth of Australia",
  BA: "Bosnia|Bosnia-Herzegovina|BiH",
  BD: "People's Republic of Bangladesh",
  BN: "Brunei Darussalam|Brunéi Darussalam",
  BO: "Bolivia (Plurinational State of)|Plurinational State of Bolivia|Bolivie (État plurinational de)|Bolivia (Estado Plurinacional de)",
  BS: "Bahamas (the)|Commonwealth of the Bahamas", BY: "Byelorussia|Belorussia|Белоруссия|Belarús|Bélarus",
  CD: "Democratic Republic of Congo|Congo (Democratic Republic of the)|Congo (République démocratique du)|Congo (República Democrática del)|DRC|DR Congo|D.R. Congo|RDC|Congo, Democratic Republic of the|Congo (Kinshasa)|Congo-Kinshasa|Zaire|ДРК|民主刚果",
  CF: "CAR|RCA|Central African Rep.", CG: "Republic of the Congo|Congo (Brazzaville)|Congo-Brazzaville|République du Congo|República del Congo",
  CI: "Republic of Côte d’Ivoire|Cote d Ivoire|Кот-д’Ивуар|Берег Слоновой Кости", CM: "Cameroun|Republic of Cameroon",
  CN: "PRC|People's Republic of China|Mainland China|中华人民共和国|République populaire de Chine|República Popular China|КНР|Китайская Народная Республика|جمهورية الصين الشعبية",
  CZ: "Czech Rep.", DE: "Federal Republic of Germany|BRD", DO: "Dominican Rep.|República Dominicana|الجمهورية الدومينيكية",
  DZ: "People's Democratic Republic of Algeria",
  EG: "Arab Republic of Egypt|جمهورية مصر العربية", EU: "EU|UE|ЕС|European Community|欧洲联盟",
  ER: "State of Eritrea", ET: "Federal Democratic Republic of Ethiopia",
  FK: "Falkland Islands (Malvinas)|Malvinas|Falklands", FM: "Federated States of Micronesia|Micronesia (Federated States of)|FSM",
  FO: "Faeroe Islands|Faroes",
  GB: "Great Britain|Britain|U.K.|England|Scotland|Wales|Northern Ireland|England and Wales|United Kingdom of Great Britain and Northern Ireland|Royaume-Uni de Grande-Bretagne et d’Irlande du Nord|Reino Unido de Gran Bretaña e Irlanda del Norte|Gran Bretaña|Grande-Bretagne|Angleterre|Inglaterra|Англия|Соединенное Королевство|大不列颠及北爱尔兰联合王国|联合王国|بريطانيا|إنجلترا",
  GM: "Gambia (the)|Republic of the Gambia", GW: "Guinea Bissau", HK: "Hong Kong|Hong Kong, China|China, Hong Kong SAR|Hong Kong SAR|Hongkong",
  IL: "State of Israel", JO: "Hashemite Kingdom of Jordan", KM: "Union of the Comoros", KW: "State of Kuwait",
  LK: "Democratic Socialist Republic of Sri Lanka", NP: "Federal Democratic Republic of Nepal", QA: "State of Qatar",
  WS: "Independent State of Samoa", PG: "PNG|Independent State of Papua New Guinea",
  IE: "Republic of Ireland|Eire|Éire", IR: "Iran (Islamic Republic of)|Islamic Republic of Iran|Iran (République islamique d’)|Irán (República Islámica del)|جمهورية إيران الإسلامية",
  KG: "Kyrgyz Republic|Кыргызстан|Kirghizistan", KN: "Saint Christopher and Nevis|Saint-Kitts-et-Nevis|Saint Kitts y Nevis",
  KP: "Democratic People's Republic of Korea|DPRK|DPR Korea|République populaire démocratique de Corée|República Popular Democrática de Corea|Северная Корея|Корейская Народно-Демократическая Республика|朝鲜民主主义人民共和国|北朝鲜|جمهورية كوريا الشعبية الديمقراطية",
  KR: "Republic of Korea|Korea|ROK|Korea, Republic of|Korea (Republic of)|Korea, South|République de Corée|República de Corea|Южная Корея|大韩民国|جمهورية كوريا",
  KZ: "Kazakstan", LA: "Lao People's Democratic Republic|Lao PDR|République démocratique populaire lao|República Democrática Popular Lao",
  LY: "State of Libya|Libyan Arab Jamahiriya", MA: "Kingdom of Morocco",
  MD: "Republic of Moldova|Moldova, Republic of|République de Moldova|República de Moldova|Молдавия|摩尔多瓦共和国",
  MK: "Macedonia|FYROM|The former Yugoslav Republic of Macedonia|Republic of North Macedonia|Македония|Macédoine|马其顿",
  MM: "Burma|Birmanie|Birmania|Бирма|بورما|Union of Myanmar", MO: "Macau|Macao, China|China, Macao SAR|Macao SAR",
  MX: "Méjico|United Mexican States", MV: "Maldive Islands", NL: "Holland|Kingdom of the Netherlands|The Netherlands (Kingdom of the)|Netherlands (Kingdom of the)|Hollande|Holanda|Голландия|هولاندا",
  NZ: "Aotearoa", PS: "Palestine, State of|Occupied Palestinian Territory|West Bank and Gaza",
  RU: "Russian Federation|Fédération de Russie|Federación de Rusia|Российская Федерация|РФ|俄罗斯联邦|الاتحاد الروسي",
  SA: "KSA|Kingdom of Saudi Arabia|السعودية|沙特|Arabia Saudita", SV: "Republic of El Salvador|Salvador", SK: "Slovak Republic",
  SN: "Republic of Senegal", ST: "Sao Tome|São Tomé",
  SY: "Syrian Arab Republic|République arabe syrienne|República Árabe Siria|Сирийская Арабская Республика|阿拉伯叙利亚共和国|الجمهورية العربية السورية",
  SZ: "Swaziland|Kingdom of Eswatini|Eswatini (Kingdom of)", TL: "East Timor|Democratic Republic of Timor-Leste|Timor Leste",
  TR: "Turkey|Republic of Türkiye", TT: "Trinidad", TW: "Taiwan, Province of China|Taiwan Province of China|Chinese Taipei|Republic of China|République de Chine|República de China|中华民国|中華民國|Taiwan, China",
  TZ: "United Republic of Tanzania|Tanzania, United Republic of|Tanzania (United Republic of)|République-Unie de Tanzanie|República Unida de Tanzania|Объединенная Республика Танзания|坦桑尼亚联合共和国",
  US: "USA|U.S.|U.S.A.|United States of America|America|États-Unis d’Amérique|Estados Unidos de América|EE.UU.|EUA|Соединенные Штаты Америки|美利坚合众国|الولايات المتحدة الأمريكية|أمريكا",
  VA: "Vatican|Holy See|Saint-Siège|Santa Sede|Святой Престол|教廷|الكرسي الرسولي|Vatican City State",
  VC: "Saint Vincent", VE: "Venezuela (Bolivarian Republic of)|Bolivarian Republic of Venezuela|Venezuela (República Bolivariana de)|Venezuela (République bolivarienne du)",
  VG: "Virgin Islands (British)|BVI", VI: "Virgin Islands (U.S.)|United States Virgin Islands|USVI", VN: "Viet Nam|Socialist Republic of Viet Nam|越南社会主义共和国",
  ZA: "Republic of South Africa|RSA|ЮАР", YE: "Republic of Yemen",
};

/** The languages, by code; names and codes come from CLDR. */
const LANGUAGES = `ar zh zh-Hans zh-Hant en fr ru es de pt it ca nl pl cs sk sl ro hu bg uk sr sr-Latn hr bs mk el tr sv
  da nb nn is fi et lv lt mt sq hy ka az kk ky uz tk tg mn id ms fil vi th km lo my ja ko hi bn ur fa ps ne si ta te mr
  gu pa he am ti so sw rw rn zu xh af st tn ny sn mg ht lb ga cy eu gl be bo dv dz ku und
  ckb ha yo ig om ff ln wo kn ml or as sd lg ee ak gn qu ay fo kl mi to sm fj bi tpi tet bm sg ss nd pap rm se ug lu
  la`.split(/\s+/);

/** Where CLDR has no autonym, or a bare stem. */
const AUTONYMS = {
  ay: "Aymar aru", bi: "Bislama", dv: "ދިވެހިބަސް", fj: "Na Vosa Vakaviti", id: "Bahasa Indonesia", ku: "kurdî", la: "Latina",
  ms: "Bahasa Melayu", ny: "Chichewa", om: "Afaan Oromoo", sm: "Gagana Samoa", tet: "Tetun", und: "Unknown language",
};

/** Codes that CLDR does not send to our language. */
const LANGUAGE_ALIASES = { nb: ["no", "nor"], fa: ["prs"], fil: ["tl", "tgl"], he: ["iw"], id: ["in"] };

/** Scripts that CLDR writes as part of a likely locale only. */
const SCRIPTS = { und: "Zyyy" };

/** The sub-regions that we use: UN M49's, with those of Sub-Saharan Africa one level deeper. */
const REGIONS = {
  "002": "Africa", "019": "Americas", 142: "Asia", 150: "Europe", "009": "Oceania",
};
const SUB_REGIONS = {
  "015": ["Northern Africa", "002"], "011": ["Western Africa", "002"], "017": ["Middle Africa", "002"],
  "014": ["Eastern Africa", "002"], "018": ["Southern Africa", "002"],
  "021": ["Northern America", "019"], 419: ["Latin America and the Caribbean", "019"],
  143: ["Central Asia", "142"], "030": ["Eastern Asia", "142"], "035": ["South-eastern Asia", "142"],
  "034": ["Southern Asia", "142"], 145: ["Western Asia", "142"],
  151: ["Eastern Europe", "150"], 154: ["Northern Europe", "150"], "039": ["Southern Europe", "150"],
  155: ["Western Europe", "150"],
  "053": ["Australia and New Zealand", "009"], "054": ["Melanesia", "009"], "057": ["Micronesia", "009"],
  "061": ["Polynesia", "009"],
};

/** Where M49 names a region otherwise than CLDR. */
const REGION_NAMES = {
  419: ["أمريكا اللاتينية ومنطقة البحر الكاريبي", "拉丁美洲和加勒比", "Latin America and the Caribbean",
    "Amérique latine et Caraïbes", "Латинская Америка и Карибский бассейн", "América Latina y el Caribe"],
  "053": ["أستراليا ونيوزيلندا", "澳大利亚和新西兰", "Australia and New Zealand", "Australie et Nouvelle-Zélande",
    "Австралия и Новая Зеландия", "Australia y Nueva Zelandia"],
  "035": { en: "South-eastern Asia" },
  "057": { en: "Micronesia", fr: "Micronésie", es: "Micronesia", zh: "密克罗尼西亚", ar: "ميكرونيزيا" },
  "021": { ru: "Северная Америка", zh: "北美洲", es: "América septentrional" },
};

// -------------------------------------------------------------------------------------------------- reading CLDR

const supplemental = (name) => require(`cldr-core/supplemental/${name}.json`).supplemental;
const display = (locale, file, key) =>
  require(`cldr-localenames-full/main/${locale}/${file}.json`).main[locale].localeDisplayNames[key];
const territories = Object.fromEntries(
  [...UN, "zh-Hant"].map((locale) => [locale, display(locale, "territories", "territories")]),
);
const { territoryContainment } = supplemental("territoryContainment");
const { codeMappings } = supplemental("codeMappings");
const { likelySubtags } = supplemental("likelySubtags");
const { languageAlias } = supplemental("aliases").metadata.alias;
const { scriptMetadata } = require("cldr-core/scriptMetadata.json");
const version = require("cldr-core/package.json").version;

/** A name as the United Nations would print it: no ampersand, no abbreviation. */
function spelledOut(locale, name) {
  if (locale === "en") return name.replaceAll(" & ", " and ").replace(/\bSt\. /g, "Saint ");
  if (locale !== "ru") return name;
  const long = name.replace("о-ва", "острова").replace("о-в ", "остров ").replace("Св.", "Святой");
  return long.charAt(0).toUpperCase() + long.slice(1);
}

function territoryNames(code) {
  return UN.map((locale) => NAMES[code]?.[locale] ?? spelledOut(locale, territories[locale][code]));
}

function territoryAliases(code) {
  return [
    ...Object.values(territories).flatMap((names) =>
      Object.keys(names).filter((key) => key === code || key.startsWith(`${code}-alt-`)).map((key) => names[key]),
    ),
    ...(ALIASES[code]?.split("|") ?? []),
  ];
}

function subRegionOf(code) {
  const holds = (region) =>
    territoryContainment[region]._contains.some((part) => part === code || (/^\d+$/.test(part) && holds(part)));
  return Object.keys(SUB_REGIONS).find(holds) ?? "";
}

// ------------------------------------------------------------------------------------------------------- writing

const byCode = (a, b) => (a[0] < b[0] ? -1 : 1);

function write(name, columns, rows) {
  for (const row of rows) {
    const faulty = row.length !== columns.length || row.some((cell) => typeof cell !== "string" || /[\t\n]/.test(cell));
    if (faulty) throw new Error(`${name}: faulty row ${JSON.stringify(row)}`);
  }
  const head = [
    `# Written by tools/cldr.mjs from the Unicode CLDR ${version} (see LICENSE-UNICODE). Do not edit.`,
    `# ${columns.join("\t")}`,
  ];
  writeFileSync(join(out, name), [...head, ...rows.map((row) => row.join("\t"))].join("\n") + "\n");
  console.log(`${name}: ${rows.length} rows`);
}

function jurisdictions() {
  const iso = Object.keys(territories.en).filter((code) => /^[A-Z]{2}$/.test(code) && !NOT_ISO.has(code));
  const row = (code, { alpha3, names, aliases, subRegion, other = [] }) => {
    const further = [...new Set(aliases)].filter((alias) => !names.includes(alias));
    return [code, alpha3, subRegion, ...names, other.join("|"), further.join("|")];
  };
  const rows = iso.map((code) =>
    row(code.toLowerCase(), {
      alpha3: codeMappings[code]._alpha3,
      subRegion: subRegionOf(code),
      names: territoryNames(code),
      aliases: territoryAliases(code),
      other: OTHER_CODES[code.toLowerCase()],
    }),
  );
  for (const [code, { territory, ...own }] of Object.entries(BEYOND_ISO)) {
    const known = territory && {
      names: territoryNames(territory),
      aliases: territoryAliases(territory),
      subRegion: subRegionOf(territory),
    };
    rows.push(row(code, { aliases: [], subRegion: "", ...known, ...own }));
  }
  write("jurisdictions.tsv", ["code", "alpha3", "sub_region", ...UN, "other_codes", "aliases"], rows.sort(byCode));
}

function languages() {
  const unknown = { ar: "لغة غير معروفة", zh: "未知语言", en: "Unknown language", fr: "langue indéterminée",
    ru: "неизвестный язык", es: "lengua desconocida" };
  const nameIn = (locale, code) => {
    const names = display(locale, "languages", "languages");
    if (code === "und") return names.und ?? unknown[locale];
    if (code !== "sr-Latn") return names[code];
    const pattern = display(locale, "localeDisplayNames", "localeDisplayPattern").localePattern;
    return pattern.replace("{0}", names.sr).replace("{1}", display(locale, "scripts", "scripts").Latn);
  };
  const autonym = (code) => AUTONYMS[code] ?? display(code, "languages", "languages")[code === "sr-Latn" ? "sr" : code];
  const aliasesOf = (code) => Object.entries(languageAlias)
    .filter(([alias, to]) => to._replacement === code && /^[a-z]{2,3}$/.test(alias))
    .map(([alias, to]) => ({ alias, reason: to._reason }));
  const rows = LANGUAGES.map((code) => {
    const [primary, ownScript] = code.split("-");
    const script = ownScript ?? SCRIPTS[code] ?? likelySubtags[code].split("-")[1];
    const iso = aliasesOf(primary).find(({ alias, reason }) => reason === "overlong" && !["mol", "twi", "tgl"].includes(alias));
    const iso3 = iso?.alias ?? primary;
    if (iso3.length !== 3) throw new Error(`${code}: no ISO 639-3 code`);
    const aliases = new Set([...aliasesOf(code).map(({ alias }) => alias), ...(LANGUAGE_ALIASES[code] ?? [])]);
    aliases.delete(iso3);
    const direction = scriptMetadata[script]?.rtl === "YES" ? "rtl" : "ltr";
    return [code, iso3, script, direction, autonym(code), ...UN.map((locale) => nameIn(locale, code)), [...aliases].join("|")];
  });
  const columns = ["code", "iso639_3", "script", "direction", "autonym", ...UN, "other_codes"];
  write("languages.tsv", columns, rows.sort(byCode));
}

function regions() {
  const row = ([m49, [name, parent]]) => {
    const fixed = REGION_NAMES[m49];
    const names = UN.map((locale, at) => (Array.isArray(fixed) ? fixed[at] : fixed?.[locale]) ?? territories[locale][m49]);
    return [m49, name.toLowerCase().replaceAll(" ", "-"), parent, ...names];
  };
  const all = [...Object.entries(REGIONS).map(([m49, name]) => [m49, [name, ""]]), ...Object.entries(SUB_REGIONS)];
  write("regions.tsv", ["m49", "slug", "parent", ...UN], all.map(row).sort(byCode));
}

mkdirSync(out, { recursive: true });
jurisdictions();
languages();
regions();
