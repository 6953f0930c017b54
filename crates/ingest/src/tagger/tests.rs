//! What a curator would notice: provisions of our own making, and the articles that come first for them.

use super::*;

fn suggest(language: &str, heading: &str, body: &str) -> Vec<Suggestion> {
    let text = if heading.is_empty() { body.to_owned() } else { format!("{heading}\n{body}") };
    let language = language.parse().expect("a language");
    tagger().suggest(Unit { language, title: "", containers: &[], heading, text: &text })
}

fn articles(language: &str, heading: &str, body: &str) -> Vec<u8> {
    suggest(language, heading, body).iter().map(|suggestion| suggestion.article.number()).collect()
}

#[test]
fn bribery_comes_first_in_every_language() {
    let mut missed = Vec::new();
    for (language, text) in [
        (
            "en",
            "A public officer who accepts a bribe for an act in his office is guilty of an offence and liable to imprisonment.",
        ),
        (
            "es",
            "El funcionario público que solicite o reciba una dádiva por un acto de su cargo será castigado con prisión: cohecho.",
        ),
        (
            "fr",
            "Est puni d'emprisonnement l'agent public qui sollicite ou agrée des dons pour accomplir un acte de sa fonction: corruption passive.",
        ),
        (
            "pt",
            "Funcionário público que solicitar ou receber vantagem indevida em razão da função: corrupção passiva, pena de reclusão.",
        ),
        (
            "it",
            "Il pubblico ufficiale che riceve denaro per un atto d'ufficio è punito con la reclusione: corruzione.",
        ),
        (
            "ca",
            "El funcionari que rebi un avantatge indegut per un acte del seu càrrec comet corrupció i es castiga amb presó.",
        ),
        ("ro", "Luarea de mită: funcționarul public care primește bani se pedepsește cu închisoare."),
        (
            "de",
            "Ein Amtsträger, der für die Dienstausübung einen Vorteil fordert oder annimmt, wird wegen Bestechlichkeit bestraft.",
        ),
        (
            "nl",
            "De ambtenaar die een gift of belofte aanneemt in zijn bediening wordt gestraft wegens omkoping.",
        ),
        (
            "sv",
            "Den som tar emot en muta för utövning av offentlig tjänst döms för tagande av muta till fängelse.",
        ),
        ("da", "Den, der i offentlig tjeneste modtager bestikkelse, straffes med fængsel."),
        (
            "nb",
            "Med bot eller fengsel straffes den som i offentlig stilling mottar en utilbørlig fordel: korrupsjon.",
        ),
        (
            "fi",
            "Virkamies, joka ottaa vastaan lahjuksen virassaan, on tuomittava lahjuksen ottamisesta vankeuteen.",
        ),
        ("et", "Ametiisiku poolt altkäemaksu võtmise eest karistatakse vangistusega."),
        ("lv", "Par kukuļņemšanu, ko izdara valsts amatpersona, soda ar brīvības atņemšanu."),
        ("lt", "Valstybės tarnautojas, priėmęs kyšį, baudžiamas laisvės atėmimu: kyšininkavimas."),
        (
            "pl",
            "Kto, pełniąc funkcję publiczną, przyjmuje korzyść majątkową, podlega karze pozbawienia wolności.",
        ),
        ("cs", "Úřední osoba, která přijme úplatek, bude potrestána odnětím svobody: přijetí úplatku."),
        ("sk", "Verejný činiteľ, ktorý prijme úplatok, potrestá sa odňatím slobody: prijímanie úplatku."),
        ("sl", "Uradna oseba, ki sprejme nagrado, se kaznuje z zaporom: jemanje podkupnine."),
        ("hr", "Službena osoba koja primi mito kaznit će se kaznom zatvora: primanje mita."),
        ("sr", "Службено лице које прими мито казниће се затвором: примање мита."),
        ("bg", "Длъжностно лице, което приеме дар или облага, се наказва за подкуп с лишаване от свобода."),
        ("ru", "Получение взятки должностным лицом наказывается лишением свободы."),
        ("uk", "Одержання неправомірної вигоди службовою особою карається позбавленням волі."),
        ("el", "Υπάλληλος που λαμβάνει δωροδοκία για ενέργεια των καθηκόντων του τιμωρείται με φυλάκιση."),
        (
            "hu",
            "Az a hivatalos személy, aki vesztegetést elfogad és jogtalan előnyt kér, bűntett miatt büntetendő.",
        ),
        ("tr", "Rüşvet alan kamu görevlisi hapis cezası ile cezalandırılır."),
        ("ka", "მოხელის მიერ ქრთამის აღება ისჯება თავისუფლების აღკვეთით."),
        ("ar", "كل موظف عام طلب لنفسه عطية لأداء عمل من أعمال وظيفته يعد مرتشيا ويعاقب بالسجن"),
        ("zh", "国家工作人员索取他人财物，为他人谋取利益的，是受贿罪，处三年以下有期徒刑。"),
        ("zh-Hant", "公務員對於職務上之行為收受賄賂者，處七年以下有期徒刑。"),
        ("ja", "公務員がその職務に関し賄賂を収受したときは、五年以下の懲役に処する。"),
        ("ko", "공무원이 그 직무에 관하여 뇌물을 수수한 때에는 징역에 처한다."),
        ("th", "เจ้าพนักงานผู้ใดรับสินบนในตำแหน่งหน้าที่ ต้องระวางโทษจำคุก"),
        ("vi", "Người có chức vụ nhận hối lộ thì bị phạt tù: tội nhận hối lộ."),
        (
            "ms",
            "Mana-mana pegawai badan awam yang menerima suapan melakukan kesalahan rasuah dan boleh dipenjarakan.",
        ),
        ("id", "Pegawai negeri yang menerima suap dipidana dengan pidana penjara."),
        ("sw", "Mtumishi wa umma anayepokea rushwa anatenda kosa na atafungwa gerezani."),
        ("bn", "কোনো সরকারি কর্মচারী ঘুষ গ্রহণ করিলে তিনি কারাদণ্ডে দণ্ডিত হইবেন।"),
    ] {
        let found = articles(language, "", text);
        if found.first() != Some(&15) {
            missed.push((language, found));
        }
    }
    assert!(missed.is_empty(), "help: look at the terms for bribery in these languages: {missed:?}");
}

#[test]
fn false_friends_are_left_alone() {
    for (language, text, never) in [
        ("es", "El tráfico de drogas y de estupefacientes se castiga con prisión.", 18),
        ("fr", "Le trafic de stupéfiants est puni de dix ans d'emprisonnement.", 18),
        ("en", "Whoever imports narcotic drugs while under the influence of another is punished.", 18),
        (
            "es",
            "Quien se enriquece sin causa a costa de otro debe indemnizarlo: enriquecimiento sin causa.",
            20,
        ),
        ("fr", "L'enrichissement sans cause oblige à indemniser celui qui s'est appauvri.", 20),
        (
            "de",
            "Wer durch ungerechtfertigte Bereicherung etwas erlangt, ist zur Herausgabe verpflichtet.",
            20,
        ),
        (
            "ru",
            "Лицо, которое без оснований приобрело имущество, обязано возвратить неосновательное обогащение.",
            20,
        ),
        ("zh", "没有法律根据取得不当得利的，应当返还。", 20),
        ("en", "A person who bribes a voter at an election commits an offence.", 15),
    ] {
        let found = articles(language, "", text);
        assert!(!found.contains(&never), "{text}: {found:?}");
    }
}

#[test]
fn the_heading_counts_for_more_than_the_text() {
    let text = "A person who launders property is guilty of an offence. The property may be confiscated. Confiscation \
                follows conviction. Anything else confiscated is sold.";
    assert_eq!(articles("en", "Money laundering", text).first(), Some(&23));
    assert_eq!(articles("en", "Confiscation", text).first(), Some(&31));
}

#[test]
fn each_offence_is_told_from_its_neighbours() {
    for (language, heading, text, article) in [
        (
            "en",
            "Bribery of foreign public officials",
            "A person who bribes a foreign public official commits an offence.",
            16,
        ),
        (
            "en",
            "",
            "An employee of a company who accepts a bribe in the course of commercial activity from another commits private sector bribery.",
            21,
        ),
        (
            "es",
            "Tráfico de influencias",
            "El que invoque influencias y reciba ventaja será reprimido con prisión.",
            18,
        ),
        ("es", "Peculado", "El funcionario público que se apropie de caudales públicos sufrirá prisión.", 17),
        (
            "fr",
            "",
            "Le fait pour un agent public de ne pouvoir justifier de ressources: enrichissement illicite, puni d'emprisonnement.",
            20,
        ),
        (
            "de",
            "Geldwäsche",
            "Wer die Herkunft von Vermögen aus einer rechtswidrigen Tat verschleiert, wird bestraft.",
            23,
        ),
        (
            "ru",
            "Злоупотребление должностными полномочиями",
            "Использование должностным лицом своих полномочий наказывается.",
            19,
        ),
        (
            "zh",
            "",
            "国家工作人员的财产、支出明显超过合法收入，差额巨大，不能说明来源的，处五年以下有期徒刑。",
            20,
        ),
        (
            "ar",
            "",
            "يعاقب بالحبس كل من ارتكب جريمة غسل الأموال بإخفاء أو تمويه مصدر الأموال المتحصلة من جريمة",
            23,
        ),
    ] {
        let found = articles(language, heading, text);
        assert_eq!(found.first(), Some(&article), "{text}\n{found:?}");
    }
}

#[test]
fn prevention_and_cooperation_are_known_too() {
    for (text, article) in [
        ("Every minister shall make a declaration of assets each year.", 8),
        ("The procuring entity shall invite tenders by public procurement notice.", 9),
        ("Everyone has a right of access to information held by public authorities.", 10),
        (
            "A financial institution shall carry out customer due diligence and report suspicious transactions.",
            14,
        ),
        ("A whistleblower shall suffer no reprisal for a protected disclosure.", 33),
        ("A person may be extradited if the offence is punishable in both States: extradition.", 44),
        ("A request for mutual legal assistance is sent to the central authority.", 46),
        ("Liability of legal persons: a body corporate is criminally liable for the offence.", 26),
    ] {
        assert_eq!(articles("en", "", text).first(), Some(&article), "{text}");
    }
}

#[test]
fn evidence_points_at_the_words() {
    let (heading, body) = (
        "Prise illégale d’intérêts",
        "Le fait, par une personne dépositaire de l’autorité publique, de prendre un intérêt.",
    );
    let text = format!("{heading}\n{body}");
    let letters: Vec<char> = text.chars().collect();
    let best = &suggest("fr", heading, body)[0];
    assert_eq!(best.article.number(), 19);
    let evidence =
        best.evidence.iter().find(|e| e.concept == "illegal-interest").expect("the concept is named");
    let words: String = letters[evidence.start as usize..evidence.end as usize].iter().collect();
    assert_eq!(words, "Prise illégale d’intérêts");
    for suggestion in suggest("fr", heading, body) {
        assert!((0.0..=1.0).contains(&suggestion.score));
        assert!(suggestion.evidence.iter().all(|e| e.start < e.end && e.end as usize <= letters.len()));
    }
}

#[test]
fn nothing_is_suggested_for_nothing() {
    for language in ["en", "zh", "ar", "und"] {
        assert_eq!(articles(language, "", ""), [0_u8; 0]);
        assert_eq!(articles(language, "", "12 — 34 *** \u{202e}"), [0_u8; 0]);
    }
    assert_eq!(articles("en", "", "The speed limit in towns is fifty kilometres an hour."), [0_u8; 0]);
    assert_eq!(articles("de", "", "Wer einen Hund hält, hat ihn an der Leine zu führen."), [0_u8; 0]);
}

#[test]
fn each_article_is_suggested_once_and_as_a_whole_where_two_paragraphs_fit() {
    let text = "A public officer who accepts, or a person who gives to a public officer, a bribe for an official act commits an offence.";
    let found = suggest("en", "", text);
    let numbers: std::collections::BTreeSet<u8> = found.iter().map(|s| s.article.number()).collect();
    assert_eq!(numbers.len(), found.len(), "{found:?}");
}
