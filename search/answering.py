"""Which card answers a question for chat and voice, if any: nobody there sees a list of results to choose from.

A wrong answer is far worse than none. So words count only as they are written, all of them have to be told by the names and the
summary of the card, no other card may come near it, and what the registers call a matter outside the catalogue is not answered.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from search.analysis import words
from search.finding import Answer, Hit, Question
from search.phrases import telling
from search.ranking import group_of
from search.remarks import Remark

RIVAL = 0.9
"""Share of the best score from which another card might be meant as well. Measured on the judged queries for tuning."""
WORTH_ASKING = 0.75
"""Share of the best score from which a card is worth asking about; from which it is a rival when a single word was typed."""
TELLING_RARITY = math.log(2)
"""Inverse document frequency of a word that stands in half of the documents."""
MOST_CHOICES = 5
READ = 10
"""Results that are looked at."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One card, or why there is none: a remark on what is outside the catalogue, or cards to choose from.

    `did_you_mean` is the question with its typing errors corrected: with a card the question that the card answers.
    """

    card: Hit | None = None
    remark: Remark | None = None
    choices: tuple[Hit, ...] = ()
    did_you_mean: str = ""


def reply(text: str, find: Callable[[Question], Answer]) -> Reply:
    """The reply to a question. A corrected word counts only beside one that was typed rightly, in the names of the same card."""
    answer = find(Question(text=text, limit=READ, literal=True))
    decided = replace(decision(answer), did_you_mean=answer.did_you_mean)
    if decided.card or decided.remark or not answer.did_you_mean:
        return decided
    corrected = find(Question(text=answer.did_you_mean, limit=READ, literal=True))
    found = replace(decision(corrected), did_you_mean=answer.did_you_mean)
    return decided if found.card and not _has_a_word_of(answer, corrected, found.card) else found


def decision(answer: Answer) -> Reply:
    """The reply that an answer of the search to the words as they are written allows."""
    best = answer.hits[0] if answer.hits else None
    typed = answer.plan.typed or 0
    hint = _hint(answer, best, typed)
    if hint is not None:
        return Reply(remark=hint)
    if best is None or not typed or len(best.ranked.told) < typed or not best.ranked.named:
        return Reply()
    begun = _begins_with_the_query(answer, best, typed)
    near = RIVAL if typed > 1 or begun else WORTH_ASKING
    too_little = typed == 1 and not (begun and _tells(answer)) and not _is_code(answer)
    if too_little or any(_rivals(hit, best, near, begun=begun) for hit in answer.hits[1:]):
        return Reply(choices=tuple(_worth_asking(answer.hits, best)))
    return Reply(card=best)


def _has_a_word_of(answer: Answer, corrected: Answer, card: Hit) -> bool:
    """Whether the names of the card have a word that stands in the question both as typed and as corrected."""
    typed = {clause.word for clause in answer.plan.clauses[: answer.plan.typed]}
    return any(corrected.plan.clauses[index].word in typed for index in card.ranked.named)


def _hint(answer: Answer, best: Hit | None, typed: int) -> Remark | None:
    """The hint that is to be said instead of a card: it is about all that was typed, or about a matter outside the catalogue.

    The latter yields to a card about more than its phrase: "ślub na plaży" is no matter of the registry office, although "ślub" is.
    The title of such a card has the phrase, and the card tells the other words as well.
    """
    title = {lemma for word in words(best.title) for lemma in word.lemmas} if best else set()
    told = len(best.ranked.told) if best else 0
    for remark in answer.plan.remarks:
        phrase = telling(words(remark.phrase))
        about_more = told == typed > len(phrase) and all(not title.isdisjoint(word.lemmas) for word in phrase)
        if remark.kind == "podpowiedź" and (len(phrase) >= typed or (remark.outside and not about_more)):
            return remark
    return None


def _begins_with_the_query(answer: Answer, best: Hit, typed: int) -> bool:
    """Whether the title says all words that were typed and begins with one of them: the card is about the thing itself."""
    asked = {lemma for clause in answer.plan.clauses[:typed] for lemma in clause.lemmas()}
    beginning = words(best.title)[:1]
    return len(best.ranked.titled) == typed and any(not asked.isdisjoint(word.lemmas) for word in beginning)


def _tells(answer: Answer) -> bool:
    """Whether any typed word says what the matter is: "urząd" stands in most cards."""
    return any(clause.rarity > TELLING_RARITY for clause in answer.plan.clauses[: answer.plan.typed])


def _is_code(answer: Answer) -> bool:
    """Whether a symbol or the code of a form was typed: unlike a word it has one meaning."""
    return any(character.isdigit() for character in answer.plan.text)


def _rivals(hit: Hit, best: Hit, near: float, *, begun: bool) -> bool:
    """Whether the other card may be meant as well; `near` is the share of the best score from which it may.

    A card of one office only is not, and neither is a special card of the group when the title of its general card begins with the
    words of the query.
    """
    if hit.score < best.score * near or hit.kind == "local" != best.kind:
        return False
    special = group_of(hit.symbol) == group_of(best.symbol) and best.symbol < hit.symbol
    return not (special and begun)


def _worth_asking(hits: Sequence[Hit], best: Hit) -> list[Hit]:
    return [hit for hit in hits if hit.score >= best.score * WORTH_ASKING][:MOST_CHOICES]
