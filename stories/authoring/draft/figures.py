"""Find the figures of a paragraph: value, unit, qualifier, status, period, baseline, quote."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from stories.authoring.draft.quotes import Span, quote_of
from stories.authoring.draft.statuses import status_of
from stories.authoring.draft.times import Time, times_in, year_before
from stories.authoring.draft.units import fits, unit_of, without_counter
from stories.authoring.draft.vocabulary import Vocabulary, vocabulary
from stories.model.figure import Qualifier, Status
from stories.model.period import Period, PeriodKind
from stories.numbers.said import UNCLEAR, said_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from stories.numbers.said import Said

UNSTATED = Period(kind=PeriodKind.UNSTATED)
_CLAUSES = {
    "zh": re.compile(r"[，。；！？：\n]"),
    "en": re.compile(r"[;!?\n]|[,.:](?=\s|$)|\s[–—-]\s|—"),
}
_SENTENCES = {"zh": re.compile(r"[。！？\n]"), "en": re.compile(r"[!?\n]|\.(?=[\s”\"’]|$)")}
_YEARS = (Decimal(1900), Decimal(2100))
_LONGEST_GAP = 40
_MOST_NUMBERS = 200
"""Numbers of one paragraph that are read; more make a table."""
_LINK = re.compile(r"\b(?:from|with|than|against)\b|此前|原来|去年|上年")
_AGO = re.compile(
    r"\s(?:years?|months?|weeks?|days?|hours?)\s(?:after|later|ago|before|earlier|since)\b"
)
_SPELL = re.compile(
    r"[\s-]?(?:years?|months?|weeks?|days?|hours?|年|个月|天|小时|个小时|周)(?![\w]*票)"
)
_MORE_OF = re.compile(
    r"\s?(?:more|others?|of them|of these)"
    r"(?=\s(?:by|in|for|to|from|next|this|than|on|and)\b|[.,;]|$)"
)
_AND_MORE = re.compile("(?:倍|成|年|个月|天|小时|个(?=[多余])|公里|米|吨|元|岁|点)[多余]")
_SOFT = "(?:about |nearly |around |just |over |some |only |the )?"
_FROM_EN = re.compile(rf"\bfrom\s(?:[^,;]{{0,24}}\s)?[$€£¥]?{_SOFT}$")
_FROM_ZH = re.compile("(?:从|由)[^，。；至到]{0,14}$")
_ON_ZH = re.compile(r"[降升增减提扩压缩跌涨回变]\w{0,4}[至到为]|[至到为]|增加|下降")
_BACK_EN = re.compile(
    r"\b(?:up|down|risen|fallen|compared with|compared to|against|instead of|rather than|a rise"
    r"|an increase)\b[^.;]{0,16}\b(?:from|with|to|of|than)\s(?:[^\d.;]{0,20}\s)?[$€£¥]?$"
    rf"|\b(?:from|against|compared (?:with|to)|instead of)\s{_SOFT}[$€£¥]?$"
)
_BACK_ZH = re.compile(
    "(?:此前|原来|原先|去年同期|上年同期|去年|上年)(?:仅|只有|仅有|的|为|是)+(?:约|近)?$"
)
_DIGITS_OF_SHARE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Found:
    """A number of the article with everything the text says of it."""

    value: Decimal | Period
    unit: str
    quote: str
    start: int
    end: int
    qualifier: Qualifier = Qualifier.EXACT
    status: Status = Status.REPORTED
    period: Period = UNSTATED
    before: Decimal | None = None
    """The value of the baseline."""
    before_period: Period | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Words that were not understood, and why."""

    text: str
    why: str


def find_figures(
    text: str, lang: str, today: date, names: Iterable[str] = ()
) -> tuple[list[Found], list[Left]]:
    """Return the figures of a paragraph in its order, and the numbers left to an editor."""
    return _Paragraph(text, lang, today, names).read()


class _Paragraph:
    def __init__(self, text: str, lang: str, today: date, names: Iterable[str]) -> None:
        self._text, self._today = text, today
        self._words: Vocabulary = vocabulary(lang)
        self._lang = self._words.lang
        self._times = times_in(text, self._lang, today)
        said = [each for each in said_in(text, lang, names) if self._is_amount(each)]
        self._said, self._beyond = said[:_MOST_NUMBERS], said[_MOST_NUMBERS:]
        self._idle = [match.span() for word in self._words.words("idle")
                      for match in re.finditer(re.escape(word), text)]  # fmt: skip
        self._stops = [match.start() for match in _CLAUSES[self._lang].finditer(text)
                       if not self._inside(match.start())]  # fmt: skip
        self._ends = [match.start() for match in _SENTENCES[self._lang].finditer(text)
                      if not self._inside(match.start())]  # fmt: skip
        self._baselines = self._pairs()
        self._compared = {time for time in self._times if self._is_compared(time)}
        self._events = self._event_times()

    def _inside(self, at: int) -> bool:
        return any(each.found.start < at < each.found.end - 1 for each in self._said)

    def _is_amount(self, said: Said) -> bool:
        return said.meaning.date is None and not any(
            time.start < said.found.end and said.found.start < time.end for time in self._times
        )

    def read(self) -> tuple[list[Found], list[Left]]:
        """Return what is understood, and what is not."""
        found: list[Found] = []
        left = [Left(each.found.text, "too many numbers in one paragraph") for each in self._beyond]
        befores = set(self._baselines.values())
        for index, said in enumerate(self._said):
            if index in befores:
                continue
            start, end = said.found.start, said.found.end
            if any(a < end and start < b for a, b in self._idle) or _AGO.match(self._text, end):
                continue
            why = self._why_not(said)
            figure = None if why else self._figure(index)
            if figure is not None:
                found.append(figure)
            else:
                left.append(Left(self._around(start, end), why or "no quote holds it alone"))
        found += [figure for time in self._events if (figure := self._date(time, found))]
        return sorted(found, key=lambda each: each.start), left

    def _why_not(self, said: Said) -> str:  # noqa: PLR0911  # one for each reason
        meaning = said.meaning
        if meaning.value is None or not meaning.value.is_finite():
            return "more digits than a figure may have"
        if meaning.upper is not None and not said.found.text.startswith("上"):
            return "a vague amount or a range, which is no single value"
        if _YEARS[0] <= meaning.value <= _YEARS[1] and not (
            said.units or said.nouns or said.qualifier
        ):
            after = self._text[said.found.end : said.found.end + 1]
            if self._lang == "en" and len(said.found.text) == 4:  # noqa: PLR2004  # digits of a year
                return "may be a year"
            return "may be a year" if after == "年" else ""
        if meaning.share:
            return ""  # rounded where it is taken
        exponent = meaning.value.as_tuple().exponent
        if isinstance(exponent, int) and (exponent < -6 or meaning.value.adjusted() >= 12):  # noqa: PLR2004
            return "more digits than a figure may have"
        return ""

    def _around(self, start: int, end: int) -> str:
        begin, stop = self._clause(start)
        return self._text[max(begin, start - 20) : min(stop, end + 20)].strip()

    def _clause(self, at: int) -> tuple[int, int]:
        return self._between(self._stops, at)

    def _sentence(self, at: int) -> tuple[int, int]:
        return self._between(self._ends, at)

    def _between(self, stops: list[int], at: int) -> tuple[int, int]:
        after = bisect_left(stops, at)
        begin = stops[after - 1] + 1 if after else 0
        return begin, stops[after] if after < len(stops) else len(self._text)

    def _figure(self, index: int) -> Found | None:
        said = self._said[index]
        start, end = said.found.start, said.found.end
        value = said.meaning.value
        assert value is not None
        begin, stop = self._clause(start)
        words_before = self._text[begin:start]
        words_after = re.sub("^个[多余]", "个", self._text[end:stop])
        unit = unit_of(said, words_before, words_after, self._lang)
        other = self._baselines.get(index)
        if other is not None and said.may_be_percent:
            unit = "%"
        if other is not None and (
            unit == "count" or (unit == "firms" and self._unit_at(other) == "count")
        ):
            unit = self._unit_at(other)
        if (
            unit == "count"
            and index + 1 < len(self._said)
            and self._baselines.get(index + 1) == index
        ):
            unit = self._unit_at(index + 1)
        if index and _MORE_OF.match(self._text, end) and unit == "count":
            unit = self._unit_at(index - 1)
        unit = unit if fits(unit) else "count"
        if said.meaning.share:
            value = value.quantize(_DIGITS_OF_SHARE)
        status = status_of(self._text, begin, start, stop, self._sentence(start), self._words)
        period = self._period(said, ahead=status is not Status.REPORTED)
        before_period = self._before_period(said, period, has_value=other is not None)
        before = abs(self._said[other].meaning.value or Decimal(0)) if other is not None else None
        if unit == "%" and other is None and said.direction < 0 and self._is_change(said):
            value = -value
        quote = self._quote(index, other)
        if quote is None:
            return None
        return Found(
            value=_plain(value),
            unit=unit,
            quote=quote,
            start=start,
            end=end,
            qualifier=_qualifier(said, self._text[end : end + 4]),
            status=status,
            period=period,
            before=None if before is None else _plain(before),
            before_period=before_period,
            label=self._label(said, *self._named(index, other, words_before, words_after)),
        )

    def _unit_at(self, index: int) -> str:
        said = self._said[index]
        begin, stop = self._clause(said.found.start)
        before, after = self._text[begin : said.found.start], self._text[said.found.end : stop]
        return unit_of(said, before, after, self._lang)

    def _is_change(self, said: Said) -> bool:
        before = self._text[max(0, said.found.start - 12) : said.found.start].rstrip("了约近超过 ")
        return not before.endswith(("至", "到", "为", " to", "占", "占比", "仅"))

    def _quote(self, index: int, other: int | None) -> str | None:
        spans = [Span(each.found.start, each.found.end) for each in self._said]
        times = [Span(time.start, time.end) for time in self._times]
        whole = [spans[index]] + ([spans[other]] if other is not None else [])
        near = [span for at, span in enumerate(spans) if at not in {index, other}] + times
        return quote_of(self._text, whole, near, self._clause(whole[0].start), self._lang)

    def _named(self, index: int, other: int | None, before: str, after: str) -> tuple[str, str]:
        """Return the words that may name a figure; of one after another, those before both."""
        if other is None or other > index:
            return before, after
        old = self._said[other].found.start
        return re.sub(r"\s?(?:从|由|\bfrom\b).*$", "", self._text[self._clause(old)[0] : old]), ""

    def _label(self, said: Said, before: str, after: str) -> str:
        """Say in words of the clause what is counted."""
        if not self._words.is_spaced:
            unit = len(said.unit_text) - len(said.found.text) if said.units else 0
            rest = after[max(unit, 0) :] if said.units else without_counter(after, self._lang)
            rest = re.split(r"[（(“”、\d]", re.sub("^(?:左右|以上|的)+", "", rest))[0][:14].strip()
            if len(rest) < 2:  # noqa: PLR2004  # a sign is no name
                rest = re.split(r"[“”、\d]年?", before)[-1][-12:].strip()
            return rest.strip("，。：；“”‘’ ") or said.found.text
        unit = len(said.unit_text) - len(said.found.text) if said.units else 0
        rest = re.split(r"[(“”\d]", after[max(unit, 0) :])[0].strip(" -")
        if re.match(r"(?:in|by|on|at|of|to|and|each|last|a|than|more)\b", rest):
            rest = ""
        label = " ".join(rest.split()[:5]) or " ".join(re.split(r"[“”\d]", before)[-1].split()[-4:])
        return label.strip(" ,.;:“”\"'") or said.found.text

    # Periods ---------------------------------------------------------------------------------

    def _period(self, said: Said, *, ahead: bool) -> Period:
        time = self._time_of(said)
        if time is None:
            return UNSTATED
        lasting = self._lasting(time, said)
        if time.last_year and time in self._times and self._is_paired(said):
            return Period.of(f"{time.last_year:04}")
        return lasting or time.period(self._today, ahead=ahead) or UNSTATED

    def _time_of(self, said: Said) -> Time | None:  # noqa: PLR0911  # rules in their order
        start = said.found.start
        begin, stop = self._clause(start)
        first, last = self._sentence(start)
        own = [
            time for time in self._times if first <= time.start < last and not self._is_before(time)
        ]
        own = [time for time in own if not self._is_since(time)]
        here = [time for time in own if begin <= time.start < stop]
        ahead = [time for time in here if time.start >= said.found.end]
        behind = [time for time in here if time.start < start]
        upto = min(
            (each.found.start for each in self._said if each.found.start > start), default=stop
        )
        close = [time for time in ahead if time.start < upto or self._lang == "zh"]
        if _SPELL.match(self._text, said.found.end) and any(time in self._events for time in here):
            is_lasting = any(self._lasting(time, said) for time in here)
            return here[0] if is_lasting else None
        close = [time for time in close if not (self._words.is_spaced and time in self._events)]
        if self._words.is_spaced and close:
            return close[0]
        if behind:
            return behind[-1]
        if any(word in self._text[begin:start] for word in self._words.words("now")):
            return None
        if close:
            return close[0]
        earlier = [time for time in own if time.start < begin and not self._is_named(time)]
        if not earlier:
            return None
        kept = [time for time in earlier if time not in self._events or self._lasting(time, said)]
        return kept[-1] if kept else None

    def _is_since(self, time: Time) -> bool:
        """Whether a time is only when something began: 自去年9月开办以来."""
        stop = self._clause(time.start)[1]
        return not self._words.is_spaced and self._text[time.end : stop].endswith("以来")

    def _is_paired(self, said: Said) -> bool:
        return any(self._said[index] is said for index in self._baselines)

    def _is_named(self, time: Time) -> bool:
        """Whether a time belongs to what something is called: 举行2024年一季度签约仪式."""
        return any(self._text[: time.start].endswith(word) for word in self._words.words("held"))

    def _lasting(self, time: Time, said: Said) -> Period | None:
        """Return the days that something went on which began at a time: 2月19日启动，持续10天."""
        if time.day is None or self._lang != "zh":
            return None
        first, last = self._sentence(said.found.start)
        for each in self._said:
            at = each.found.start
            if not (first <= at < last and time.end <= at):
                continue
            near = self._text[max(0, at - 4) : at]
            days = each.meaning.value
            if (
                self._text[each.found.end : each.found.end + 1] == "天"
                and days
                and any(near.endswith(word) for word in self._words.words("lasting", "words"))
            ):
                begun = time.period(self._today)
                if begun and begun.start and days < 1000:  # noqa: PLR2004  # days that are counted
                    end = begun.start.fromordinal(begun.start.toordinal() + int(days) - 1)
                    return Period.of(f"{begun.start.isoformat()}/{end.isoformat()}")
        return None

    def _is_before(self, time: Time) -> bool:
        """Whether a time is one that something is compared with."""
        return time in self._compared

    def _is_compared(self, time: Time) -> bool:
        ahead = self._text[max(0, time.start - (14 if self._words.is_spaced else 3)) : time.start]
        behind = self._text[time.end : time.end + 3]
        compared = self._words.words("compared")
        if self._words.is_spaced:
            of_year = "|on" if time.first is None else ""
            is_from = re.search(
                rf"\b(?:than|compared (?:with|to)|against|versus{of_year})\s(?:in\s|the\s)?$", ahead
            )
            return bool(is_from) or self._is_of_baseline(time)
        is_compared = re.search(f"(?:{'|'.join(compared)})$", ahead) is not None
        if is_compared or re.match("相比|同期(?:相比|增|下降|减少|多|少)", self._text[time.end :]):
            return True
        if behind.startswith("的") and any(
            each.meaning.times and 0 < each.found.start - time.end <= len("的约")
            for each in self._said
        ):
            return True
        return self._is_of_baseline(time)

    def _is_of_baseline(self, time: Time) -> bool:
        """Whether it stands beside the earlier of two numbers: 从去年的5家增至12家."""
        for index, other in self._baselines.items():
            old, new = self._said[other].found, self._said[index].found
            ends = (each.found.end for each in self._said)
            low = max((end for end in ends if end <= min(old.start, new.start)), default=0)
            if old.start < new.start:
                begin = max(low, self._clause(old.start)[0])
                source = max(
                    self._text.rfind(word, begin, old.start) for word in self._words.words("from")
                )
                if (
                    0 <= source <= time.start < new.start
                    and time.start < new.start
                    and (time.start < old.start or self._before_to(time, old.end, new.start))
                ):
                    return True
            elif new.end <= time.start < self._sentence(old.start)[1] and not any(
                old.end <= each.found.start < time.start for each in self._said
            ):
                if time.start > old.start and time.start - old.end < _LONGEST_GAP:
                    return True
                if time.start < old.start and _LINK.search(self._text[new.end : time.start + 2]):
                    return True
        return False

    def _before_to(self, time: Time, end: int, start: int) -> bool:
        """Whether a time between two numbers goes with the first: from 5 in 2020 to 12 in 2023."""
        if not end <= time.start < start:
            return False
        rest = self._text[time.end : start]
        return bool(re.search(r"\bto\b" if self._words.is_spaced else "[至到为]", rest))

    def _before_period(self, said: Said, period: Period, *, has_value: bool) -> Period | None:
        start, end = said.found.start, said.found.end
        begin, stop = self._clause(start)
        first, last = self._sentence(start)
        around = self._text[begin:stop]
        if self._words.is_spaced:
            starts = (each.found.start for each in self._said if each.found.start >= end)
            around = self._text[begin : min([last, end + 60, *starts])]
        for time in self._times:
            if has_value and time.last_year and first <= time.start < last:
                return Period.of(f"{time.year:04}")
        near = [
            time for time in self._times if first <= time.start < last and self._is_before(time)
        ]
        here = [time for time in near if begin <= time.start < stop or has_value]
        if self._words.is_spaced:
            here = [time for time in here if abs(time.start - end) < _LONGEST_GAP or has_value]
        for time in reversed(here or []):
            if time.start < stop or has_value:
                return time.period(self._today)
        same = self._words.pattern("same_time")
        if not self._words.is_spaced:  # 去年同期卖出30吨 compares nothing
            same = f"(?:{'|'.join(self._words.words('compared'))})(?:{same})"
        pattern = self._words.pattern("year_on_year") + "|" + same
        if re.search(pattern, around):
            earlier = year_before(period) or UNSTATED
            is_known = earlier.start is not None
            return earlier if is_known else Period.of(f"{self._today.year - 1:04}")
        if re.search(self._words.pattern("on_the_period_before"), around):
            return UNSTATED
        return UNSTATED if has_value else None

    # Baselines -------------------------------------------------------------------------------

    def _pairs(self) -> dict[int, int]:
        """Return which number is compared with which: the index of the later one → the earlier."""
        pairs: dict[int, int] = {}
        for index in range(len(self._said) - 1):
            one, two = self._said[index].found, self._said[index + 1].found
            if self._sentence(one.start) != self._sentence(two.start) or index in pairs:
                continue
            if index in pairs.values():
                continue
            between = self._text[one.end : two.start]
            if len(between) > _LONGEST_GAP:
                continue
            if self._is_from(one.start) and self._leads_on(between):
                pairs[index + 1] = index
            elif self._leads_back(between):
                pairs[index] = index + 1
        return pairs

    def _is_from(self, start: int) -> bool:
        ahead = self._text[self._clause(start)[0] : start]
        return bool((_FROM_EN if self._words.is_spaced else _FROM_ZH).search(ahead))

    def _leads_on(self, between: str) -> bool:
        if self._words.is_spaced:
            return bool(re.search(r"\bto\b", between)) and not re.search("[;,]", between)
        return bool(_ON_ZH.search(between))

    def _leads_back(self, between: str) -> bool:
        if self._words.is_spaced:
            is_both = re.search(r"\bto\b.*\bfrom\b", between)
            return bool(_BACK_EN.search(between)) and not is_both
        return not re.search("[由从。；]", between) and bool(_BACK_ZH.search(between))

    # Dates -----------------------------------------------------------------------------------

    def _event_times(self) -> list[Time]:
        """Return the times that say when something happens, in clauses without another number."""
        events = []
        pattern = self._words.pattern("events_of_dates", "words")
        for time in self._times:
            begin, stop = self._clause(time.start)
            if (time.first is None and not self._is_ahead(time)) or any(
                begin <= each.found.start < stop
                and not _SPELL.match(self._text, each.found.end)
                and not self._opens_at(each.found.end, time, pattern)
                for each in self._said
            ):
                continue
            if self._is_before(time) or time.last_year or time.first != (time.last or time.first):
                continue
            lead = 8 if not self._words.is_spaced else 40
            around = self._text[max(begin, time.start - lead) : min(stop, time.end + lead)]
            if re.search(pattern, around) or self._opens_event(begin, time, stop, pattern):
                events.append(time)
        return events

    def _opens_at(self, end: int, time: Time, pattern: str) -> bool:
        """Whether words between a number and a time make it that of an event: and open in May."""
        between = self._text[end : time.start]
        return self._words.is_spaced and bool(re.search(rf"\band\b.*(?:{pattern})", between))

    def _is_ahead(self, time: Time) -> bool:
        """Whether a year is one in which something shall happen: 计划2026年建成."""
        begin, stop = self._clause(time.start)
        sentence = self._sentence(time.start)
        status = status_of(self._text, begin, time.start, stop, sentence, self._words)
        period = time.period(self._today)
        is_later = period is not None and period.start is not None and period.start > self._today
        return is_later and status is not Status.REPORTED

    def _opens_event(self, begin: int, time: Time, stop: int, pattern: str) -> bool:
        """Whether a time is a clause of its own, and the next one says what happened then."""
        if self._words.is_spaced or self._text[begin : time.start].strip() or stop - time.end > 1:
            return False
        upto = self._clause(stop + 1)[1]
        following = self._text[stop + 1 : upto]
        has_number = any(stop < each.found.start < upto for each in self._said)
        return not has_number and bool(re.search(f"(?:{pattern})了?$", following))

    def _date(self, time: Time, found: list[Found]) -> Found | None:
        begin, stop = self._clause(time.start)
        status = status_of(
            self._text, begin, time.start, stop, self._sentence(time.start), self._words
        )
        value = time.period(self._today, ahead=status is not Status.REPORTED)
        if value is None or value.start is None:
            return None
        if any(each.start < time.end and time.start < each.end for each in found):
            return None
        spans = [Span(each.found.start, each.found.end) for each in self._said]
        near = spans + [Span(each.start, each.end) for each in self._times if each is not time]
        quote = quote_of(self._text, [Span(time.start, time.end)], near, (begin, stop), self._lang)
        if quote is None:
            return None
        label = (
            self._text[time.end : stop].strip(" ”")[:20]
            or self._text[begin : time.start].strip()[-20:]
        )
        period = value if status is Status.REPORTED else UNSTATED
        is_ahead = value.start > self._today and status is Status.REPORTED
        period = UNSTATED if is_ahead else period
        return Found(value, "date", quote, time.start, time.end, status=status,
                     period=period, label=label or str(value))  # fmt: skip


def _plain(value: Decimal) -> Decimal:
    """Return a number without zeros behind its point, and without an exponent."""
    return Decimal(f"{value.normalize():f}")


def _qualifier(said: Said, after: str) -> Qualifier:
    if said.meaning.upper is not None:  # 上百: a hundred and more
        return Qualifier.OVER
    if not said.qualifier and (
        _AND_MORE.match(after) or (said.meaning.times and after[:1] in {"多", "余"})
    ):
        return Qualifier.OVER
    name = said.qualifier
    return Qualifier(name) if name and name != UNCLEAR else Qualifier.EXACT
