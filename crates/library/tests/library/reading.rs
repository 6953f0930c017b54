//! Showing and browsing.

use merida_law::{Article, Language};
use merida_library::{Address, ArticleRequest, DocumentReport, Error, Library, ShowRequest, Shown, WorkPage};

use super::{import, laws, open};

pub(crate) async fn work_page(library: &Library, document: &DocumentReport) -> WorkPage {
    let address = Address::of_expression(document.expression.as_ref().unwrap());
    match library.show(ShowRequest { address, languages: vec![Language::EN] }).await.unwrap() {
        Shown::Work(page) => page,
        Shown::Provision(_) => panic!("the address names no provision"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_work_and_its_provisions_are_shown_at_their_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 2, 5);
    let library = open(folder.path()).await;
    let report = import(&library, &[laws]).await;
    let page = work_page(&library, &report.documents[1]).await;
    let section = page.provisions.iter().find(|p| p.provision.text.contains("kind1x3")).unwrap();
    let address: Address = format!("{}/~{}", page.work.uri, section.provision.id).parse().unwrap();
    let Shown::Provision(shown) = library.show(ShowRequest { address, languages: Vec::new() }).await.unwrap()
    else {
        panic!("the address names a provision")
    };
    assert!(shown.text.contains("kind1x3"));
    assert!(shown.previous.is_some() && shown.next.is_some() && shown.previous != shown.next);
    assert_eq!(shown.expressions.len(), 1);
    for nowhere in
        ["/akn/gb/act/1999/9", "/akn/gb/act/1999/9/eng@1999", &format!("{}/~sec_99", page.work.uri)]
    {
        let request = ShowRequest { address: nowhere.parse().unwrap(), languages: Vec::new() };
        assert!(matches!(library.show(request).await, Err(Error::NotFound(_))), "{nowhere}");
    }
    let original = library.original(&page.expression.source.sha256).await.unwrap();
    assert_eq!(original.len() as u64, page.expression.source.bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_library_is_browsed_by_article_and_by_state() {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 3, 5);
    let library = open(folder.path()).await;
    let empty = library.overview().await.unwrap();
    assert_eq!((empty.works, empty.changed_at), (0, None));
    import(&library, &[laws]).await;
    let overview = library.overview().await.unwrap();
    assert_eq!((overview.works, overview.jurisdictions.len()), (3, 1));
    assert_eq!(overview.chapters.iter().map(|c| c.articles.len()).sum::<usize>(), 71);
    let counted = overview.chapters.iter().flat_map(|c| &c.articles).find(|a| a.suggested > 0);
    let article = counted.map_or(Article::new(15).unwrap(), |a| a.article);
    let page = library
        .article(ArticleRequest { per_jurisdiction: 2, ..ArticleRequest::new(article) })
        .await
        .unwrap();
    for state in &page.states {
        assert!(
            state.provisions.len() <= 2 && state.curated + state.suggested >= state.provisions.len() as u64
        );
    }
    let state = library.jurisdiction("gb".parse().unwrap()).await.unwrap();
    assert_eq!((state.works.len(), state.articles.len()), (3, 71));
    let nothing = library.jurisdiction("fr".parse().unwrap()).await.unwrap();
    assert!(nothing.works.is_empty());
    assert_eq!(library.works(1, 1).await.unwrap().len(), 1);
}
