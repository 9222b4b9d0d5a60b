"""Scheme files that are wrong, each in one way: (name, text replaced, its replacement, code, path).

In the replacement, ``#!`` ends the line where the problem must be told; without it the line is not looked at.
"""

CRITERION = "  - code: duration\n    title: Durée du projet\n    rule: {from: answers.start_on, to: answers.end_on, lasts_at_most: 24 months}\n"
RULE = "{from: answers.start_on, to: answers.end_on, lasts_at_most: 24 months}"
FUNDERS = "funders: [{code: region, label: Région}]"
RATES = "rates: [{rate: 40 %, cap: 50000}]"
LAND = "  - {code: land, label: Achat de terrain, eligible: no}\n"
CALENDAR = "calendar: {kind: deadline, opens: 2026-01-05, closes: 2026-06-30}"
WAVES = "calendar:\n  kind: waves\n  waves:\n"
DATE = "{code: start_on, kind: date, label: Début du projet, required: yes}"


def rule(text):
    return (RULE, text + " #!")


WRONG = [
    ("misspelt word", "title: Lieux", "titel: Lieux", "missing_word", "title"),
    ("misspelt word too", "title: Lieux", "titel: Lieux #!", "unknown_word", "titel"),
    ("no schema", "schema: escale.scheme/1\n", "", "missing_word", "schema"),
    ("another schema", "escale.scheme/1", "escale.scheme/9 #!", "unknown_word", "schema"),
    ("no key", "key: voisinage-2026\n", "", "missing_word", "key"),
    ("key with a capital", "voisinage-2026", "Voisinage #!", "wrong_format", "key"),
    ("kind unknown", "kind: aap", "kind: app #!", "unknown_word", "kind"),
    ("empty title", "title: Lieux de voisinage", "title: '' #!", "missing_word", "title"),
    ("word without value", "title: Lieux de voisinage", "title: #!", "missing_word", "title"),
    ("duplicated key", "kind: aap", "kind: aap\nkind: ami #!", "repeated_word", None),
    ("anchor", "title: Lieux", "title: &a Lieux #!", "anchor", None),
    ("alias", "title: Lieux de voisinage", "title: *a #!", "anchor", None),
    ("tag", "title: Lieux", "title: !!str Lieux #!", "tag", None),
    ("python tag", "title: Lieux", "title: !!python/name:os.system Lieux #!", "tag", None),
    ("two documents", "schema: escale.scheme/1", "---\nschema: escale.scheme/1\n---\na: b #!", "several_documents", None),
    ("not yaml", "kind: aap", "kind: [aap #!", "not_yaml", None),
    ("list for a word", "title: Lieux de voisinage", "title: [Lieux] #!", "wrong_type", "title"),
    ("word for a list", "legal_forms: [commune, epci, association]", "legal_forms: commune #!", "wrong_type", "who.legal_forms"),
    ("word for a map", CALENDAR, "calendar: permanent #!", "wrong_type", "calendar"),
    ("map for a list", LAND, "limits: {code: own_share} #!\n", "wrong_type", "limits"),
    ("legal form unknown", "[commune, epci,", "[comune, epci, #!\n   ", "unknown_word", "who.legal_forms[0]"),
    ("impossible day", "closes: 2026-06-30", "closes: 2026-02-30", "impossible_date", "calendar.closes"),
    ("French day", "closes: 2026-06-30", "closes: 30/06/2026", "wrong_instant", "calendar.closes"),
    ("closes before it opens", "closes: 2026-06-30", "closes: 2025-06-30", "impossible_dates", "calendar.closes"),
    ("deadline without end", ", closes: 2026-06-30", "", "missing_word", "calendar.closes"),
    ("waves without wave", "kind: deadline", "kind: waves", "missing_word", "calendar.waves"),
    ("waves that overlap", CALENDAR, WAVES + "    - {code: a, opens: 2026-01-01, closes: 2026-03-31}\n"
     "    - {code: b, opens: 2026-03-31, closes: 2026-06-30} #!", "impossible_dates", "calendar.waves[1].opens"),
    ("wave twice", CALENDAR, WAVES + "    - {code: a, opens: 2026-01-01, closes: 2026-03-31}\n"
     "    - {code: a, opens: 2026-05-01, closes: 2026-06-30} #!", "repeated", "calendar.waves[1].code"),
    ("rate without its sign", "rate: 40 %", "rate: 40", "wrong_type", "aid.components[0].rates[0].rate"),
    ("rate as a decimal", "rate: 40 %", "rate: 0.4", "wrong_type", "aid.components[0].rates[0].rate"),
    ("rate above all", "rate: 40 %", "rate: 140 %", "out_of_range", "aid.components[0].rates[0].rate"),
    ("amount with a comma", "cap: 50000", "cap: '50000,50'", "wrong_type", "aid.components[0].rates[0].cap"),
    ("three decimals", "cap: 50000", "cap: 50000.123", "wrong_type", "aid.components[0].rates[0].cap"),
    ("negative amount", "cap: 50000", "cap: -1", "out_of_range", "aid.components[0].rates[0].cap"),
    ("amount with its sign", "cap: 50000", "cap: 50000 €", "wrong_type", "aid.components[0].rates[0].cap"),
    ("duration in French", "24 months", "24 mois", "wrong_duration", "criteria[0].rule.lasts_at_most"),
    ("question unknown", "answers.start_on", "answers.begin_on", "unknown_fact", "criteria[0].rule.from"),
    ("fact unknown", *rule("{fact: applicant.populaton, at_least: 3}"), "unknown_fact", "criteria[0].rule.fact"),
    ("nothing compared", *rule("{fact: applicant.population}"), "missing_word", "criteria[0].rule"),
    ("no bound of time", *rule("{from: answers.start_on, to: answers.end_on}"), "missing_word", "criteria[0].rule"),
    ("word as a bound", *rule("{fact: applicant.population, at_least: many}"), "wrong_type", "criteria[0].rule.at_least"),
    ("bound of a choice", *rule("{fact: applicant.legal_form, at_least: 3}"), "wrong_type", "criteria[0].rule.at_least"),
    ("date as a number", *rule("{fact: answers.start_on, at_most: 2026}"), "wrong_type", "criteria[0].rule.at_most"),
    ("minimum above maximum", *rule("{fact: applicant.fte, at_least: 3, at_most: 2}"), "contradiction",
     "criteria[0].rule.at_least"),
    ("option unknown", *rule("{fact: answers.services, includes_any: [fabalb]}"), "unknown_code",
     "criteria[0].rule.includes_any[0]"),
    ("form unknown in a condition", *rule("{fact: applicant.legal_form, in: [mairie]}"), "unknown_code",
     "criteria[0].rule.in[0]"),
    ("list of a number", *rule("{fact: applicant.fte, includes_any: [3]}"), "wrong_type", "criteria[0].rule.includes_any"),
    ("neither yes nor no", *rule("{fact: applicant.ess, is: maybe}"), "wrong_type", "criteria[0].rule.is"),
    ("two forms at once", *rule("{all: [{fact: themes, known: yes}], any: [{fact: themes, known: yes}]}"), "wrong_form",
     "criteria[0].rule"),
    ("no form", *rule("{population: 3}"), "wrong_form", "criteria[0].rule"),
    ("empty all", *rule("{all: []}"), "wrong_count", "criteria[0].rule.all"),
    ("three of two", *rule("{at_least_of: 3, of: [{fact: themes, known: yes}, {fact: pieces, known: yes}]}"), "impossible",
     "criteria[0].rule.at_least_of"),
    ("condition in words", *rule("applicant.population > 3"), "wrong_type", "criteria[0].rule"),
    ("criterion twice", CRITERION, CRITERION + CRITERION, "repeated", "criteria[1].code"),
    ("code with a space", "{code: works,", "{code: big works,", "wrong_code", "expenses[0].code"),
    ("question twice", "code: end_on", "code: start_on", "repeated", "form[0].questions[1].code"),
    ("choice without options", DATE, "{code: start_on, kind: choice, label: Début}", "missing_word",
     "form[0].questions[0].options"),
    ("kind of question unknown", "kind: number", "kind: integer", "unknown_word", "form[0].questions[2].kind"),
    ("maximum under minimum", "label: Postes de travail", "label: Postes, least: 9, most: 2", "contradiction",
     "form[0].questions[2].most"),
    ("block without questions", DATE, "{code: start_on, kind: block, label: Lignes}", "missing_word",
     "form[0].questions[0].questions"),
    ("category unknown", RATES, RATES + "\n      base: {categories: [work]} #!", "unknown_code",
     "aid.components[0].base.categories[0]"),
    ("funder unknown", RATES, RATES + "\n      funder: feder #!", "unknown_code", "aid.components[0].funder"),
    ("no funder", FUNDERS, "funders: [] #!", "wrong_count", "aid.funders"),
    ("no way to compute", "      " + RATES + "\n", "", "missing_word", "aid.components[0]"),
    ("two ways to compute", RATES, RATES + "\n      amount: 3000 #!", "contradiction", "aid.components[0].amount"),
    ("per unit of nothing", RATES, "per_unit: 1000", "missing_word", "aid.components[0].units"),
    ("shares that miss 100 %", RATES, RATES + "\n      split: [{funder: region, share: 90 %}] #!", "wrong_total",
     "aid.components[0].split"),
    ("brackets that fall", RATES, "scale: [{up_to: 9, amount: 1}, {up_to: 3, amount: 2}] #!", "contradiction",
     "aid.components[0].scale[0]"),
    ("bracket without value", RATES, "scale: [{up_to: 9}] #!", "missing_word", "aid.components[0].scale[0]"),
    ("flat rate of nothing", LAND, LAND + "  - {code: over, label: Frais, flat_rate: 15 %} #!\n", "missing_word",
     "expenses[4].flat_rate_of"),
    ("share of itself", LAND, LAND + "  - {code: side, label: Frais, share_at_most: 9 %, share_of_categories: [side]} #!\n",
     "contradiction", "expenses[4].share_of_categories"),
    ("cap per unit of nothing", LAND, LAND + "  - {code: desk, label: Bureaux, cap_per_unit: 900} #!\n", "missing_word",
     "expenses[4].units"),
    ("interest with money", "kind: aap", "kind: ami", "contradiction", "aid"),
    ("limit without effect", LAND, LAND + "limits: [{code: own_share}] #!\n", "missing_word", "limits[0].effect"),
    ("limit unknown", LAND, LAND + "limits: [{code: own_shar, effect: block}] #!\n", "unknown_word", "limits[0].code"),
    ("fewer than at least", LAND, LAND + "partners: {least: 4, most: 2} #!\n", "contradiction", "partners.most"),
    ("marks under the minimum", LAND, LAND + "scoring: {least: 50, marks: [{code: a, label: A, weight: 20}]} #!\n",
     "impossible", "scoring.least"),
    ("commune unknown", "who:", "who:\n  perimeter: {communes: [Caen]} #!", "wrong_commune", "who.perimeter.communes[0]"),
]  # fmt: skip
