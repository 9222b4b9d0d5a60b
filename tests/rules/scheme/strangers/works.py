"""Aid to works and equipment of public owners: State, Region, Département. Written from the reference alone."""

DETR = """
schema: escale.scheme/1
key: detr-2026
title: Dotation d’équipement des territoires ruraux 2026
kind: aid
summary: L’État aide l’investissement des petites communes et de leurs groupements.
contact: {name: Préfecture}
calendar: {kind: deadline, opens: 2025-11-01, closes: 2026-01-31}
who:
  legal_forms: [commune, epci, syndicat_mixte]
  without_legal_forms: [metropole]
form:
  - code: p
    title: Projet
    questions: [{code: begun, kind: yes_no, label: Les travaux ont-ils commencé ?}]
criteria:
  - code: size
    title: Population du porteur
    rule:
      any:
        - all: [{fact: applicant.legal_form, is: commune}, {fact: applicant.population, at_most: 20000, unit: habitants}]
        - all: [{fact: applicant.legal_form, is: epci}, {fact: applicant.population, at_most: 75000, unit: habitants}]
        - {fact: applicant.legal_form, is: syndicat_mixte}
  - {code: not_begun, title: Travaux non commencés, rule: {fact: answers.begun, is: no}}
expenses:
  - {code: school, label: École}
  - {code: road, label: Voirie, cap: 150000}
  - {code: fees, label: Maîtrise d’œuvre, share_at_most: 12 %, share_of_categories: [school, road]}
aid:
  vat: ht
  spending_at_least: 5000
  funders: [{code: state, label: État}]
  components:
    - code: detr
      label: DETR
      rates:
        - {when: {fact: applicant.population, less_than: 500}, rate: 40 %, label: Moins de 500 habitants}
        - {when: {fact: applicant.population, at_most: 2000}, rate: 30 %, label: De 500 à 2 000 habitants}
        - {rate: 20 %}
      bonuses:
        - {when: {sum: expenses.amount, where: {fact: row.category, is: school}, more_than: 0}, points: 10 %, label: École}
      rate_at_most: 45 %
limits: [{code: own_share, rate: 20 %, effect: reduce, label: CGCT L. 1111-10}]
"""


def detr(form="commune", people=480, expenses=(("school", 100_000), ("fees", 15_000)), **changes):
    return {
        "filed_at": "2026-01-31T23:59:59",
        "applicant": {"legal_form": form, "population": people, "vat": "recovers"},
        "answers": {"begun": "no"},
        "expenses": [{"category": category, "ht": ht} for category, ht in expenses],
        "funding": [],
        **changes,
    }


#: one kind of place, an amount by unit, a surface and a floor.
WORKSTATIONS = """
schema: escale.scheme/1
key: postes-2026
title: Postes de travail partagés
kind: aid
summary: Une somme par poste de travail ou par mètre carré.
contact: {name: Région}
calendar: {kind: permanent, opens: 2026-01-01}
form:
  - code: p
    title: Projet
    questions:
      - {code: posts, kind: number, label: Postes, least: 1}
      - {code: area, kind: number, label: Surface, unit: m², decimals: 1}
expenses: [{code: fitting, label: Aménagement, cap_per_unit: 1200, units: {fact: answers.area}}]
aid:
  vat: ht
  floor: 3000
  rounding: ten_down
  funders: [{code: region, label: Région}]
  groups: [{code: worse, label: Le moins favorable, take: worse}]
  components:
    - {code: posts, label: Par poste, group: worse, per_unit: 1500, units: {fact: answers.posts}, units_at_most: 20}
    - {code: area, label: Par mètre carré, group: worse, per_unit: 99.90, units: {fact: answers.area}}
    - {code: share, label: Au taux, group: worse, rates: [{rate: 50 %}]}
"""


def workstations(posts, area, ht):
    return {
        "applicant": {"legal_form": "sem", "vat": "recovers"},
        "answers": {"posts": posts, "area": area},
        "expenses": [{"category": "fitting", "ht": ht}],
    }


#: EPCI by class, project by site, better of two, several funders, a zone named and communes left out.
TVB = """
schema: escale.scheme/1
key: trame-verte
title: Trame verte et bleue
kind: aap
summary: La Région, l’Agence de l’eau et le Département restaurent les milieux.
contact: {name: Biodiversité}
calendar:
  kind: waves
  late: next_wave
  waves:
    - {code: w1, opens: 2026-01-01, closes: 2026-03-31T12:00}
    - {code: w2, opens: 2026-06-01, closes: 2026-09-30, quota: 2}
    - {code: w3, opens: 2026-10-01, closes: 2026-12-31}
who:
  legal_forms: [commune, epci, association, syndicat_mixte]
form:
  - code: p
    title: Projet
    questions:
      - {code: site, kind: commune, label: Commune des travaux}
      - {code: hedges, kind: number, label: Haies, unit: mètres}
criteria:
  - code: site
    title: Site en Normandie hors agglomération
    rule: {located: answers.site, within: {regions: [28], without_communes: [14118, 76540, 76351]}}
expenses:
  - {code: works, label: Restauration}
  - {code: staff, label: Animation, nature: operating, cap_per_year: 25000}
  - {code: overheads, label: Frais de structure, nature: operating, flat_rate: 15 %, flat_rate_of: [staff]}
aid:
  funders: [{code: region, label: Région}, {code: water, label: Agence de l’eau}, {code: dept, label: Département}]
  components:
    - code: works
      label: Restauration
      base: {natures: [investment], cap: 300000}
      split: [{funder: region, share: 50 %}, {funder: water, share: 30 %}, {funder: dept, share: 20 %}]
      choose: better
      rates:
        - {when: {fact: territory.class, is: A}, rate: 40 %}
        - {when: {fact: territory.class, is: B}, rate: 50 %, cap: 100000}
        - {when: {fact: territory.class, is: C}, rate: 60 %, cap: 130000}
        - {when: {fact: answers.hedges, at_least: 1000}, rate: 45 %}
    - code: staff
      label: Animation
      base: {natures: [operating]}
      rates: [{rate: 33.33 %}]
  caps: [{amount: 90000, per_year: yes, label: Par an}]
limits: [{code: public_total, rate: 80 %, effect: block}]
"""


def tvb(territory, hedges=0, **changes):
    return {
        "filed_at": "2026-03-31T12:00",
        "applicant": {"legal_form": "cc", "vat": "recovers"},
        "answers": {"site": "61145", "hedges": hedges},
        "expenses": [
            {"category": "works", "ht": 200_000, "year": 2026},
            {"category": "staff", "ht": 30_000, "year": 2026},
            {"category": "staff", "ht": 20_000, "year": 2027},
        ],
        "funding": [],
        "facts": {"territory.class": territory},
        **changes,
    }


#: a school equipment plan: sum by class, cap by school, minimum rate of the commune.
SCHOOLS = """
schema: escale.scheme/1
key: ecoles-numeriques
title: Socle numérique des écoles
kind: aap
summary: L’État équipe les classes en deux volets.
contact: {name: Rectorat}
calendar: {kind: deadline, closes: 2026-03-31}
who: {legal_forms: [commune, epci, syndicat_intercommunal]}
form:
  - code: s
    title: Écoles
    questions:
      - code: schools
        kind: block
        label: Écoles
        rows_least: 1
        questions:
          - {code: name, kind: text, label: Nom}
          - {code: classes, kind: number, label: Classes}
          - {code: cost, kind: amount, label: Coût TTC}
criteria:
  - code: each
    title: Au moins 3 500 € par école
    rule: {least: answers.schools.cost, at_least: 3500, unit: €}
  - code: few
    title: Dix écoles au plus
    rule: {count: answers.schools, at_most: 10}
expenses:
  - {code: equipment, label: Équipement, cap_per_unit: 3500, units: {sum: answers.schools.classes}}
  - {code: services, label: Services, nature: operating, cap_per_unit: 20, units: {product: [{sum: answers.schools.classes}, {number: 25}]}}
aid:
  vat: ttc
  funders: [{code: state, label: État}]
  components:
    - {code: equipment, label: Équipements, base: {categories: [equipment]}, rates: [{rate: 70 %, cap: 200000}]}
    - {code: services, label: Services, base: {categories: [services]}, rates: [{rate: 50 %}]}
"""


def schools(classes, ht, services=0):
    rows = [{"name": f"É{n}", "classes": count, "cost": 4_000} for n, count in enumerate(classes)]
    expenses = [{"category": "equipment", "ht": ht, "vat": round(ht * 0.2, 2)}]
    expenses += [{"category": "services", "ht": services, "vat": 0}] if services else []
    return {
        "filed_at": "2026-03-31T23:59:59.9",
        "applicant": {"legal_form": "commune", "vat": "recovers"},
        "answers": {"schools": rows},
        "expenses": expenses,
    }
