"""Tables in encodings of many languages: read right, or a doubt is said; never misread."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from stories.files.tables.encoding import Doubt, decode

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = {
    "fr": "forêt élèves école où hôpital réservoir têtes façade blé maïs sœur pêche déjà août",
    "es": "población años montaña señal río árboles educación niños maíz víveres pingüino",
    "de": "Bäume Straßen Brücke Bevölkerung Schüler Höhe Flüsse Gemüse Wälder größte für",
    "pt": "população educação água mães regiões árvores saúde três pão avó irmãos açúcar",
    "sv": "befolkning träd sjö ån skolor vägar åkrar öar kärr höjd fågel människor år",
    "da": "skov sø børn å vejbygning landsbyer græs højde både træer område få år",
    "is": "bær þorp íbúar vötn skógur fjörður ár ýsa heiði þúsund miðja jökull",
    "pl": "ludność szkoła drogi źródło łąka wieś rzeką dzieci gęsi żyto głębokość miód",
    "cs": "obyvatel školy řeka děti lesů žito výška půda města údolí příjem tisíc čtyři",
    "hu": "népesség iskola erdő tó földút gyümölcs víz tűz hőmérséklet gyerekek állatok",
    "ro": "populație pădure școală câmpie râu țară copii mănăstire apă înălțime grâu și",
    "tr": "nüfus okul ağaçlar köyü ırmak çocuklar şehir yükseklik değirmen öğrenciler İlçe",
    "lt": "gyventojų mokykla miškai upė vaikų aukštis žemė kelių ežeras lašiša ąžuolas šimtų",
    "lv": "iedzīvotāji skola mežs upe bērni ceļš augstums ezers kviešu ūdens šķūnis pļava",
    "et": "elanikud kool mets jõgi lapsed tee kõrgus järv nisu vesi põllud küla õunapuu žürii",
    "el": "πληθυσμός σχολείο δάσος ποτάμι παιδιά δρόμος ύψος λίμνη σιτάρι νερό χωριό",
    "ru": "население школы леса река дети дороги высота озеро пшеница вода деревня",
    "uk": "населення школи ліси річка діти дороги висота озеро пшениця їжа ґрунти",
    "bg": "население училища гори река деца пътища височина езеро пшеница вода село",
    "he": "אוכלוסייה בתי ספר יערות נהר ילדים כבישים גובה אגם חיטה מים כפר",
    "ar": "السكان المدارس الغابات النهر الأطفال الطرق الارتفاع البحيرة القمح الماء القرية",
    "th": "ประชากร โรงเรียน ป่าไม้ แม่น้ำ เด็ก ถนน ความสูง ทะเลสาบ ข้าวสาลี น้ำ หมู่บ้าน",
    "ja": "人口の変化 世帯数 小学校 森林の面積 川の長さ 子ども 道路 標高 小麦 飲み水 集落",
    "ko": "인구 변화 학교 숲의 면적 강의 길이 아이들 도로 높이 호수 밀 물 마을",
    "zh": "人口变化 户数 学校 森林面积 河流长度 儿童 公路 海拔 小麦 饮用水 村庄",
    "zh-Hant": "人口變化 戶數 學校 森林面積 河流長度 兒童 公路 海拔 小麥 飲用水 村莊",
}
"""Words of everyday life, as a table's labels may have them."""

PAGES = {
    **dict.fromkeys(("fr", "es", "de", "pt", "sv", "da"), ("cp1252", "mac-roman", "cp850")),
    "is": ("cp1252",),
    **dict.fromkeys(("pl", "cs", "hu"), ("cp1250", "mac-latin2", "cp852", "iso8859-2")),
    "ro": ("iso8859-16",),
    "tr": ("cp1254", "cp857", "mac-turkish"),
    **dict.fromkeys(("lt", "lv"), ("cp1257", "cp775")),
    "et": ("cp1257",),
    "el": ("cp1253", "iso8859-7", "cp737", "mac-greek"),
    "ru": ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"),
    "uk": ("cp1251", "koi8-u", "mac-cyrillic"),
    "bg": ("cp1251", "cp866"),
    "he": ("cp1255", "cp862"),
    "ar": ("cp1256", "cp720"),
    "th": ("cp874",),
    "ja": ("cp932", "euc_jp"),
    "ko": ("cp949",),
    "zh": ("gb18030",),
    "zh-Hant": ("big5",),
}
"""What spreadsheets on Windows, Macintosh, DOS and Unix write each of them in."""

TABLES = [(language, page) for language, pages in PAGES.items() for page in pages]
ELSEWHERE = (["zh", "en"], ["en"], ["fr"], ["pl", "en"], ["ru", "en"], ["ja"])
"""Languages of atlases into which a table of another language may come."""


def table(language: str, page: str, *, first: int, count: int) -> tuple[bytes, str]:
    """Return a table with some of a language's words, and its text."""
    words = [word for word in WORDS[language].split() if _has(page, word)]
    words = words[first : first + count]
    rows = [f"f{place},{word},count,{place}" for place, word in enumerate(words)]
    text = "\n".join(["id,label.en,unit,value", *rows, ""])
    return text.encode(page), text


def _has(page: str, word: str) -> bool:
    """Tell whether an encoding has all letters of a word."""
    try:
        word.encode(page)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize(("language", "page"), TABLES)
def test_a_table_in_a_language_of_the_atlas_is_read_without_doubt(language: str, page: str) -> None:
    data, text = table(language, page, first=0, count=20)
    assert decode(data, [language, "en"]) == text
    if "zh" not in language:  # in which Japanese is read as well
        assert decode(data, ["zh", "en", language]) == text


@pytest.mark.parametrize(("language", "page"), TABLES)
@pytest.mark.parametrize("first", [0, 5])
def test_a_table_in_any_other_language_is_never_misread_in_silence(
    language: str, page: str, first: int
) -> None:
    data, text = table(language, page, first=first, count=5)
    for tags in ELSEWHERE:
        read = decode(data, tags)
        if isinstance(read, Doubt):
            assert "the text is not UTF-8" in read.refusal.what
            assert "UTF-8" in read.refusal.mend
            assert not data.split(b"\n")[read.line - 1].isascii()
        else:
            assert read == text, tags


CAPITALS = {
    ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"): "МОСКВА КИЕВ СОФИЯ ОДЕССА САМАРА "
    "КАЗАНЬ РЯЗАНЬ БУРГАС ХАРЬКОВ ПЕРМЬ УФА ТВЕРЬ МИНСК ВАРНА ОМСК",
    ("cp1253", "iso8859-7", "cp737", "mac-greek"): "ΑΘΗΝΑ ΠΑΤΡΑ ΒΟΛΟΣ ΛΑΡΙΣΑ ΧΑΝΙΑ ΚΑΒΑΛΑ ΣΕΡΡΕΣ "
    "ΔΡΑΜΑ ΞΑΝΘΗ ΚΙΛΚΙΣ",
}
"""Names whose letters are, byte by byte, Chinese characters of everyday use."""


@pytest.mark.parametrize("page", [page for pages in CAPITALS for page in pages])
@pytest.mark.parametrize("count", [1, 2])
def test_capitals_of_another_alphabet_are_not_taken_for_chinese(page: str, count: int) -> None:
    names = next(names.split() for pages, names in CAPITALS.items() if page in pages)
    for some in zip(*(names[n:] for n in range(count)), strict=False):
        text = f"id,label\na,{' '.join(some)}\n"
        read = decode(text.encode(page), ["zh", "en"])
        assert isinstance(read, Doubt) or read == text, some


SINGLE = [(language, page) for language, page in TABLES if WORDS[language][0].lower() < "א"]
"""Tables in Latin, Greek and Cyrillic letters."""
UNDECIDABLE = {("fr", "cp1252", "Maïs"), ("cs", "cp852", "Lesů")}
"""“Ma’s” and “Les…” are English as well."""


@pytest.mark.parametrize(("language", "page"), SINGLE)
@pytest.mark.parametrize("form", [str.upper, str.title])
def test_a_table_of_a_single_word_is_never_misread_in_silence(
    language: str, page: str, form: Callable[[str], str]
) -> None:
    """No pairs of letters tell; signs within words do, and chance in UTF-8."""
    for word in map(form, WORDS[language].split()):
        if word.isascii() or not _has(page, word) or (language, page, word) in UNDECIDABLE:
            continue
        text = f"id,label\na,{word}\n"
        read = decode(text.encode(page), ["zh", "en"])
        assert isinstance(read, Doubt) or read == text, word


@pytest.mark.parametrize(("name", "page"), [("学校", "gb18030"), ("VÝŠKA", "cp1250")])
def test_a_word_that_is_utf_8_by_accident_is_doubted(name: str, page: str) -> None:
    data = f"id,label\na,wells\nb,{name}\n".encode(page)
    assert data.decode()  # another alphabet's letters
    read = decode(data, ["zh", "en"])
    assert isinstance(read, Doubt)
    assert f"{name!r} ({page})" in read.refusal.what
    assert read.line == 3


@pytest.mark.parametrize("word", ["Málaga", "école", "Ωmega", "kΩ", "Δt", "学校", "МОСКВА", "ḏāl"])
def test_a_word_in_utf_8_is_read(word: str) -> None:
    text = f"id,label\na,{word}\n"
    assert decode(text.encode(), ["zh", "en"]) == text


@pytest.mark.parametrize(
    "text",
    ["“Wells” – €5", "km² at 5 °C", "it’s so…", "n° 5, the county’s"],
)
def test_signs_in_their_places_are_no_doubt(text: str) -> None:
    table = f'id,label.en\na,"{text}"\n'
    assert decode(table.encode("cp1252"), ["en"]) == table


def test_a_name_in_simplified_characters_is_not_read_in_traditional_ones() -> None:
    read = decode("id,label\na,联合村\n".encode("gb18030"), ["zh", "en"])
    assert isinstance(read, Doubt)
    assert "'联合村' (gb18030)" in read.refusal.what


def test_a_doubt_shows_words_that_differ_and_their_line() -> None:
    data = "id,label.en\na,Población\nb,Málaga\nc,España\n".encode("cp1252")
    doubt = decode(data, ["zh", "en"])
    assert isinstance(doubt, Doubt)
    assert doubt.line == 3
    readings = re.findall(r"'([^']+)' \((\S+)\)", doubt.refusal.what)
    assert len(readings) > 1
    for shown, page in readings:
        assert shown.split()[0] == "Málaga".encode("cp1252").decode(page)
    assert len({shown for shown, _ in readings}) == len(readings)


def test_signs_and_apostrophes_of_english_are_no_doubt() -> None:
    text = "id,label.en\na,“Wells” – €5\nb,the county’s wells’ depth\nc,it’s so\n"
    assert decode(text.encode("cp1252"), ["en"]) == text
