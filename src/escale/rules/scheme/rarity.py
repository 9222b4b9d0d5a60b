"""Which words of a scheme a screen folds away: those that few schemes need, those without sense here."""

#: Words that few schemes need: a screen folds them away until they hold something.
_RARE = """
scheme.themes_least scheme.follows label.type who.delegates category.cap_per_row aid.spending_caps component.bonuses_take component.each_partner
sum_of.label limit.where rate_row.percent bracket.below spending_cap.per spending_cap.per_year spending_cap.share_of
spending_cap.share_of_categories limit.cuts located.label quotient.label lowest_of.label highest_of.label rounded.label
cases.label elapsed.label elapsed.until_included from.lasts_more_than from.lasts_less_than
fact.label sum.label least.label greatest.label mean.label distinct.label count.label count_among.label total.label
product.label ratio.label difference.label number.label mail_domain.label from.label
scheme.tags scheme.reference_year scheme.themes_most perimeter.regions perimeter.epcis perimeter.communes
perimeter.without_communes perimeter.without_zones who.without_legal_forms criterion.if_not criterion.if_unknown
criterion.source wave.quota partners.perimeter partners.criteria partners.if_failed partners.shares
partners.confirmation theme.eligible mark.least scoring.reviewers clocks.draft_days clocks.keep_years
question.visible_if question.unit question.least question.most question.decimals question.max_length
question.rows_least question.rows_most question.confidential piece.standing piece.valid_for piece.template
category.when category.cap_per_year category.cap_per_unit category.units category.share_at_most category.share_of
category.share_of_categories category.vat category.prorata category.flat_per_unit category.flat_rate
category.flat_rate_of funder.budget_line base.years base.year_ranks base.less component.group component.funder
component.split component.choose component.bonuses component.rate_at_most component.amount component.per_unit
component.units component.units_at_most component.scale component.scale_mode component.within_spending
component.floor cap.on cap.per cap.per_year aid.groups aid.spending_at_least aid.spending_at_most aid.rounding
bracket.per_unit bracket.rate limit.of limit.on limit.years limit.regimes limit.linked limit.together
limit.schemes limit.same_project limit.within envelope.wave envelope.project_types envelope.departements
envelope.reserve envelope.funder envelope.budget_line *.code *.unit
"""
RARE = frozenset(_RARE.split())


#: Words that mean something only for some values of another word: (record, word) → (other word, values).
ONLY_FOR: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("calendar", "waves"): ("kind", ("waves",)),
    ("calendar", "late"): ("kind", ("waves",)),
    ("calendar", "opens"): ("kind", ("deadline", "permanent")),
    ("calendar", "closes"): ("kind", ("deadline", "permanent")),
    ("question", "options"): ("kind", ("choice", "choices")),
    ("question", "questions"): ("kind", ("block",)),
    ("limit", "rate"): ("code", ("own_share", "public_total")),
    ("limit", "ceiling"): ("code", ("de_minimis",)),
}


def apart(record: str, field: str, held: dict[str, object]) -> bool:
    """Whether the word has no sense beside what the record says already: it is folded too, never lost."""
    other, values = ONLY_FOR.get((record, field), ("", ()))
    return bool(other) and held.get(other) not in (None, "", *values)


def decides(record: str, field: str) -> bool:
    """Whether what is chosen here changes which other words have a sense."""
    return any(one == record and other == field for (one, _word), (other, _values) in ONLY_FOR.items())


def rare(record: str, field: str) -> bool:
    """Whether the word is folded away until it holds something."""
    return f"{record}.{field}" in RARE or f"*.{field}" in RARE
