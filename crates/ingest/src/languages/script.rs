//! The script of a passage, as far as it narrows its language down.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::IsoCode639_1;
use merida_law::Language;

/// A script, as far as it narrows the language down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Devanagari,
    Han,
    /// A script that one language of law uses, by that language's code.
    Alone(&'static str),
}

impl Script {
    /// The script of most letters of `text`; Japanese is known by its kana.
    pub(super) fn of(text: &str) -> Option<Self> {
        // Few scripts stand in one text, and a letter's is mostly that of the letter before.
        let mut counts: Vec<(Self, usize)> = Vec::new();
        let mut last = 0;
        let mut kana = 0;
        for c in text.chars().take(8_000) {
            if matches!(c, '\u{3040}'..='\u{30ff}') {
                kana += 1;
                continue;
            }
            let Some(script) = Self::of_letter(c) else { continue };
            if counts.get(last).is_none_or(|(known, _)| *known != script) {
                last = counts.iter().position(|(known, _)| *known == script).unwrap_or(counts.len());
                if last == counts.len() {
                    counts.push((script, 0));
                }
            }
            counts[last].1 += 1;
        }
        let han = counts.iter().find(|(script, _)| *script == Self::Han).map_or(0, |(_, count)| *count);
        let most = counts.iter().map(|&(script, count)| (count, script)).max();
        if kana > 0 && kana * 6 >= han && kana + han >= most.map_or(0, |(count, _)| count) {
            return Some(Self::Alone("ja"));
        }
        most.map(|(_, script)| script)
    }

    fn of_letter(c: char) -> Option<Self> {
        Some(match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Self::Latin,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            '\u{620}'..='\u{64a}'
            | '\u{66e}'..='\u{6d3}'
            | '\u{fb50}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}' => Self::Arabic,
            '\u{900}'..='\u{97f}' => Self::Devanagari,
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => Self::Han,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Self::Alone("el"),
            '\u{531}'..='\u{587}' => Self::Alone("hy"),
            '\u{5d0}'..='\u{5ea}' => Self::Alone("he"),
            '\u{980}'..='\u{9ff}' => Self::Alone("bn"),
            '\u{a00}'..='\u{a7f}' => Self::Alone("pa"),
            '\u{a80}'..='\u{aff}' => Self::Alone("gu"),
            '\u{b80}'..='\u{bff}' => Self::Alone("ta"),
            '\u{c00}'..='\u{c7f}' => Self::Alone("te"),
            '\u{d80}'..='\u{dff}' => Self::Alone("si"),
            '\u{e00}'..='\u{e7f}' => Self::Alone("th"),
            '\u{e80}'..='\u{eff}' => Self::Alone("lo"),
            '\u{f00}'..='\u{fff}' => Self::Alone("bo"),
            '\u{1000}'..='\u{109f}' => Self::Alone("my"),
            '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}' => Self::Alone("ka"),
            '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}' => Self::Alone("ko"),
            '\u{1200}'..='\u{137f}' => Self::Alone("am"),
            '\u{1780}'..='\u{17ff}' => Self::Alone("km"),
            _ => return None,
        })
    }

    /// Its code in ISO 15924, where several languages share it.
    pub(super) fn code(self) -> Option<&'static str> {
        match self {
            Self::Latin => Some("Latn"),
            Self::Cyrillic => Some("Cyrl"),
            Self::Arabic => Some("Arab"),
            Self::Devanagari => Some("Deva"),
            Self::Han | Self::Alone(_) => None,
        }
    }

    /// The languages of this script that statistics are asked for.
    pub(super) fn languages(self) -> Vec<IsoCode639_1> {
        use IsoCode639_1::{
            AR, AZ, BE, BG, BS, CA, CS, DA, DE, EN, ES, ET, FA, FI, FR, HI, HR, HU, ID, IS, IT, KK, LT, LV,
            MK, MN, MR, MS, NB, NL, NN, PL, PT, RO, RU, SK, SL, SO, SQ, SR, SV, SW, TL, TR, UK, UR, VI,
        };
        match self {
            Self::Latin => vec![
                AZ, BS, CA, CS, DA, DE, EN, ES, ET, FI, FR, HR, HU, ID, IS, IT, LT, LV, MS, NB, NL, NN, PL,
                PT, RO, SK, SL, SO, SQ, SV, SW, TL, TR, VI,
            ],
            Self::Cyrillic => vec![BE, BG, KK, MK, MN, RU, SR, UK],
            Self::Arabic => vec![AR, FA, UR],
            Self::Devanagari => vec![HI, MR],
            Self::Han | Self::Alone(_) => Vec::new(),
        }
    }
}

/// Simplified or traditional, by characters that only one of them uses; without any, Chinese without more.
pub(super) fn written_chinese(text: &str) -> Language {
    const SIMPLIFIED: &str = "国贿赂务员刑责条时产业为与华个义东丝两严丧临举习买乱争亏亚从仅仓仪们价众优会传伤伦伪债关兴决况冻净减凤处备复够头夺奋奖妇妈姗孙宁宝实审宪宫对寻导将尔尘尝层属岁岛币师帐帮并广庄庆库应庙废开异弃张弥弯弹强归录彻径忆忧怀态总恋恶恼悬惊惧惨惯愤愿";
    const TRADITIONAL: &str = "國賄賂務員責條時產業為與華個義東絲兩嚴喪臨舉習買亂爭虧亞從僅倉儀們價眾優會傳傷倫偽債關興決況凍淨減鳳處備復夠頭奪奮獎婦媽孫寧寶實審憲宮對尋導將爾塵嘗層屬歲島幣師帳幫並廣莊慶庫應廟廢開異棄張彌彎彈強歸錄徹徑憶憂懷態總戀惡惱懸驚懼慘慣憤願";
    /// Whether a character is simplified only, or traditional only.
    static ONLY: LazyLock<HashMap<char, bool>> = LazyLock::new(|| {
        let simplified = SIMPLIFIED.chars().filter(|&c| !TRADITIONAL.contains(c)).map(|c| (c, true));
        let traditional = TRADITIONAL.chars().filter(|&c| !SIMPLIFIED.contains(c)).map(|c| (c, false));
        simplified.chain(traditional).collect()
    });
    let (mut simplified, mut traditional) = (0_usize, 0_usize);
    for only in text.chars().filter_map(|c| ONLY.get(&c)) {
        if *only { simplified += 1 } else { traditional += 1 }
    }
    match simplified.cmp(&traditional) {
        std::cmp::Ordering::Greater => Language::ZH_HANS,
        std::cmp::Ordering::Less => Language::ZH_HANT,
        std::cmp::Ordering::Equal => Language::ZH,
    }
}
