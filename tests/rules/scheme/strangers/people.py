"""Aid to companies, associations, persons and care: written from the reference alone."""

HEAD = """
schema: escale.scheme/1
key: essai
title: Essai
kind: aid
summary: Un dispositif.
contact: {name: Région}
calendar: {kind: permanent}
"""

ESS = (
    HEAD
    + """
who: {legal_forms: [business, association], without_legal_forms: [sem, spl]}
criteria:
  - code: social
    title: Économie sociale et solidaire ou agrément
    rule: {any: [{fact: applicant.ess, is: yes}, {fact: pieces, includes_any: [esus]}]}
  - code: age
    title: Moins de trois ans au dépôt
    rule: {from: applicant.created_on, to: filed_on, lasts_less_than: 3 years}
  - code: alive
    title: Un an à la décision
    rule: {from: applicant.created_on, to: decided_on, lasts_at_least: 12 months}
    if_unknown: to_examine
expenses:
  - {code: machine, label: Machine}
  - {code: advice, label: Conseil, nature: operating, cap: 20000}
aid:
  vat: ht
  floor: 5000
  funders: [{code: region, label: Région}]
  components:
    - code: main
      label: Subvention
      rates:
        - {when: {fact: applicant.size, in: [micro, small]}, rate: 50 %, cap: 60000}
        - {when: {fact: applicant.size, is: medium}, rate: 40 %, cap: 80000}
        - {rate: 20 %}
      bonuses_take: better
      bonuses:
        - {when: {fact: territory.zones, includes_any: [qpv]}, points: 10 %, of: aid, label: Quartier prioritaire}
        - {when: {fact: territory.zones, includes_any: [zrr]}, points: 5 %, of: aid, label: Zone rurale}
limits:
  - {code: cumulation, schemes: [Fonds amorçage], within: 2 years, effect: block}
  - {code: de_minimis, ceiling: 300000, effect: reduce}
  - {code: public_total, rate: 70 %, effect: reduce, when: {fact: applicant.size, in: [micro, small]}}
"""
)


def ess(**changes):
    return {
        "filed_at": "2026-05-04",
        "decided_on": "2026-09-01",
        "applicant": {
            "legal_form": "cooperative", "ess": "yes", "size": "small", "created_on": "2025-09-01", "vat": "recovers",
        },
        "expenses": [{"category": "machine", "ht": 80_000, "vat": 16_000}, {"category": "advice", "ht": 25_000}],
        "funding": [],
        "earlier_aids": [],
        "facts": {"territory.zones": ["qpv", "zrr"]},
        **changes,
    }  # fmt: skip


#: operating aid of an association by a scale of its jobs, three years at most, 80 % of its deficit.
OPERATING = (
    HEAD
    + """
who: {legal_forms: [association]}
criteria:
  - {code: funders, title: Cofinancé par une commune, rule: {sum: funding.amount, where: {fact: row.funder, is: Commune}, at_least: 2000, unit: €}}
expenses: [{code: costs, label: Charges, nature: operating}]
form:
  - code: p
    title: Activité
    questions: [{code: income, kind: amount, label: Recettes}, {code: year_n, kind: number, label: Année d’aide}]
aid:
  vat: ttc
  funders: [{code: region, label: Région}]
  groups: [{code: low, label: Dans la limite du déficit, take: worse}]
  components:
    - code: jobs
      label: Selon les emplois
      group: low
      units: {fact: applicant.fte}
      scale_mode: marginal
      scale: [{up_to: 1, amount: 12000, per_unit: yes}, {up_to: 3, amount: 8000, per_unit: yes}, {amount: 4000, per_unit: yes}]
      caps: [{amount: 40000}]
    - code: deficit
      label: Déficit
      group: low
      base: {less: {total: [{fact: answers.income}, {fact: plan.other_public}]}}
      rates: [{rate: 80 %}]
  caps: [{amount: 10000, when: {fact: answers.year_n, at_least: 3}, label: Troisième année}]
"""
)


def operating(fte, income, year=1, costs=100_000):
    return {
        "applicant": {"legal_form": "association", "fte": fte, "vat": "not_recovered"},
        "answers": {"income": income, "year_n": year},
        "expenses": [{"category": "costs", "ht": costs}],
        "funding": [
            {"source": "own", "amount": 1_000},
            {"source": "public", "funder": "Commune", "state": "granted", "amount": 5_000},
        ],
    }


#: a job paid three years, capped each year and in all, TTC or HT by status; travel at a flat rate by km.
POST = (
    HEAD
    + """
who: {legal_forms: [association, commune, epci]}
expenses:
  - {code: pay, label: Salaire, nature: operating, cap_per_year: 45000}
  - {code: kit, label: Matériel, cap_per_row: 1500, where: {fact: row.amount, at_least: 100}}
aid:
  funders: [{code: region, label: Région}]
  components:
    - code: pay
      label: Poste
      base: {categories: [pay]}
      rates: [{rate: 50 %}]
      caps: [{amount: 20000, per_year: yes}, {amount: 55000}]
    - {code: kit, label: Matériel, base: {categories: [kit]}, rates: [{rate: 50 %}], caps: [{amount: 3000, on: spending, per_year: yes}]}
"""
)


def post(vat, pay, kit=()):
    rows = [{"category": "pay", "ht": ht, "year": 2026 + n} for n, ht in enumerate(pay)]
    rows += [{"category": "kit", "ht": ht, "vat": vat, "year": year} for ht, vat, year in kit]
    return {"applicant": {"legal_form": "association", "vat": vat}, "expenses": rows}


#: a training voucher to a person: by level, hours, with a table and a coefficient.
VOUCHER = (
    HEAD
    + """
who: {legal_forms: [person]}
form:
  - code: p
    title: Formation
    questions:
      - code: level
        kind: choice
        label: Niveau
        options: [{code: none, label: Sans diplôme}, {code: bac, label: Bac}, {code: above, label: Au-delà}]
      - {code: hours, kind: number, label: Heures}
      - {code: begins, kind: date, label: Début}
      - {code: ends, kind: date, label: Fin}
criteria:
  - {code: length, title: Durée, rule: {fact: answers.hours, at_least: 40, at_most: 600, unit: heures}}
  - {code: notice, title: Un mois avant, rule: {from: filed_on, to: answers.begins, lasts_at_least: 1 month}}
  - code: once
    title: Un seul chèque en deux ans
    rule: {not: {count: earlier_aids, where: {all: [{fact: row.scheme, is: cheque}, {from: row.granted_on, to: filed_on, lasts_less_than: 2 years}]}, at_least: 1}}
expenses: [{code: fees, label: Frais, nature: operating}]
aid:
  vat: ttc
  funders: [{code: region, label: Région}]
  components:
    - code: hours
      label: Par heure
      per_unit: 9.15
      units:
        product:
          - {fact: answers.hours}
          - cases:
              - {when: {fact: answers.level, is: none}, give: {number: 1.5}}
              - {when: {fact: answers.level, is: bac}, give: {number: 1}}
            otherwise: {number: 0.8}
    - code: month
      label: Par mois commencé, au plus six
      within_spending: no
      per_unit: 100
      units: {lowest_of: [{rounded: {quotient: {elapsed: answers.begins, until: answers.ends, counted_in: days, until_included: yes}, by: {number: 30}}, how: up}, {number: 6}]}
"""
)


def voucher(level="none", hours=100, fees=5_000, begins="2026-04-28", ends="2026-06-27", **changes):
    return {
        "filed_at": "2026-03-28",
        "applicant": {"legal_form": "person"},
        "answers": {"level": level, "hours": hours, "begins": begins, "ends": ends},
        "expenses": [{"category": "fees", "ht": fees}],
        "earlier_aids": [],
        **changes,
    }


#: care: FEDER first, the Region fills, partners confirm, territory of partners, income off the base.
HEALTH = (
    HEAD.replace("kind: aid", "kind: aap")
    + """
follows: {schemes: [ami-sante], required: yes}
partners:
  least: 2
  lead: yes
  shares: yes
  confirmation: yes
  if_failed: leaves_sums
  perimeter: {departements: [14, 50, 61]}
themes: [{code: path, label: Parcours}, {code: tele, label: Télésanté}, {code: gadget, label: Gadget, eligible: no}]
themes_most: 2
who: {legal_forms: [hospital, gcs, sisa, gip, association]}
criteria:
  - code: three
    title: Deux engagements sur trois
    rule:
      at_least_of: 2
      of: [{sum: partners.population, at_least: 5000, label: Bassin}, {count: partners, where: {fact: row.legal_form, is: sisa}, at_least: 1, label: Maisons de santé}, {fact: network.minutes_to_nearest_place, at_least: 30, label: Minutes}]
expenses: [{code: tool, label: Outil}, {code: staff, label: Personnel, nature: operating}]
aid:
  funders: [{code: feder, label: FEDER}, {code: region, label: Région}]
  components:
    - {code: eu, label: FEDER, funder: feder, rates: [{rate: 50 %}]}
    - code: reg
      label: Région
      funder: region
      rates: [{percent: {highest_of: [{difference: {number: 30}, minus: {ratio: {fact: plan.other_public}, to: {fact: plan.kept}}}, {number: 0}]}}]
limits: [{code: public_total, rate: 80 %, effect: reduce, cuts: [region, feder]}]
"""
)


def health(other=0, **changes):
    return {
        "applicant": {"name": "GHT", "legal_form": "hospital", "vat": "not_recovered"},
        "themes": ["path"],
        "partners": [
            {"name": "GHT", "legal_form": "hospital", "commune": "14118", "lead": "yes", "share": "60 %", "confirmed": "yes", "population": 3_000},
            {"name": "MSP", "legal_form": "sisa", "commune": "50129", "share": "40 %", "confirmed": "yes", "population": 2_000},
        ],
        "expenses": [{"category": "tool", "ht": 50_000, "vat": 10_000}, {"category": "staff", "ht": 40_000}],
        "funding": [{"source": "public", "funder": "ARS", "amount": other}] if other else [],
        "earlier_dossiers": [{"scheme": "ami-sante", "number": "AMI-4"}],
        **changes,
    }  # fmt: skip
