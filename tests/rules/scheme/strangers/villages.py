"""Shops, public buildings, festivals, rural Europe: four kinds of regional aid, written from the reference alone.

The shape of each is that of real schemes (Bretagne's pass, energy renovation per m², aid to festivals, LEADER); figures
that the author did not remember are invented.
"""

PASS_COMMERCE = """
schema: escale.scheme/1
key: pass-commerce
title: Pass commerce et artisanat
kind: aid
summary: Moderniser une petite entreprise de proximité, à parité avec l’intercommunalité.
calendar: {kind: permanent, opens: 2026-01-01}
contact: {name: Service de l’économie de proximité}
who: {legal_forms: [company, individual, cooperative], without_legal_forms: [sem]}
project_types:
  - {code: works, label: Modernisation}
  - {code: access, label: Accessibilité ou numérique}
form:
  - code: business
    title: L’entreprise
    questions:
      - {code: shop_in, kind: commune, label: Où est le commerce ?, required: yes}
      - {code: people_there, kind: number, label: Habitants de cette commune}
      - {code: turnover, kind: amount, label: Chiffre d’affaires annuel hors taxes}
criteria:
  - {code: small, title: Moins de sept salariés en CDI, rule: {fact: applicant.fte, less_than: 7}}
  - {code: turnover, title: Chiffre d’affaires, rule: {fact: answers.turnover, at_most: 1000000, unit: €}}
  - {code: village, title: Commune de moins de 5 000 habitants, rule: {fact: answers.people_there, less_than: 5000, unit: habitants}}
  - code: enough
    title: Investissement minimal
    rule:
      any:
        - all: [{fact: project_type, is: works}, {fact: plan.kept, at_least: 6000, unit: €}]
        - all: [{fact: project_type, is: access}, {fact: plan.kept, at_least: 3000, unit: €}]
expenses:
  - {code: works, label: Travaux}
  - {code: equipment, label: Équipement}
  - {code: vehicle, label: Véhicule, eligible: no}
aid:
  vat: ht
  funders: [{code: region, label: Région}, {code: epci, label: Intercommunalité}]
  components:
    - code: pass
      label: Pass commerce et artisanat
      base: {cap: 25000}
      rates: [{rate: 30 %}]
      split: [{funder: region, share: 50 %}, {funder: epci, share: 50 %}]
limits:
  - {code: de_minimis, effect: reduce, ceiling: 300000}
  - {code: cumulation, effect: block, schemes: [pass-commerce], within: 3 years, label: Une fois tous les trois ans.}
"""


def shop(kind="works", expenses=(("works", 30_000),), fte=3, people=1_800, **changes):
    return {
        "filed_at": "2026-05-04T10:00",
        "decided_on": "2026-06-01",
        "project_type": kind,
        "applicant": {"legal_form": "company", "fte": fte, "vat": "recovers"},
        "answers": {"shop_in": "61141", "people_there": people, "turnover": 420_000},
        "expenses": [{"category": category, "ht": ht} for category, ht in expenses],
        "earlier_aids": [],
        **changes,
    }


RENOVATION = """
schema: escale.scheme/1
key: renovation-batiments-publics
title: Rénovation énergétique des bâtiments publics
kind: aap
summary: Une aide au mètre carré selon le niveau atteint, plafonnée à une part des travaux.
calendar: {kind: waves, late: next_wave, waves: [
  {code: first, label: Premier semestre, opens: 2026-01-01, closes: 2026-04-30},
  {code: second, label: Second semestre, opens: 2026-07-01, closes: 2026-10-31}]}
contact: {name: Service de la transition énergétique}
who: {legal_forms: [local_authority, ccas], without_legal_forms: [region, departement]}
form:
  - code: building
    title: Le bâtiment
    questions:
      - {code: area, kind: number, label: Surface chauffée, unit: m², required: yes}
      - {code: before, kind: number, label: Consommation avant, required: yes}
      - {code: after, kind: number, label: Consommation après, required: yes}
      - {code: level, kind: choice, label: Niveau visé, options: [{code: bbc, label: BBC rénovation}, {code: gain, label: Gain de 40 %}]}
      - {code: bio, kind: yes_no, label: Des matériaux biosourcés ?}
criteria:
  - code: gain
    title: Gain d’énergie
    rule:
      ratio: {difference: {fact: answers.before}, minus: {fact: answers.after}}
      to: {fact: answers.before}
      at_least: 40 %
      label: Gain d’énergie
  - {code: audit, title: Audit énergétique, rule: {fact: pieces, includes_any: [audit]}, message: L’audit précède la demande.}
expenses:
  - {code: works, label: Travaux d’économie d’énergie}
  - {code: fees, label: Études et maîtrise d’œuvre, share_at_most: 10 %}
aid:
  vat: ht
  funders: [{code: region, label: Région}]
  components:
    - code: per_area
      label: Aide à la rénovation
      per_unit: 60
      units: {fact: answers.area}
      when: {fact: answers.level, is: gain}
      caps: [{amount: 100000, label: Plafond}]
    - code: bbc
      label: Aide au niveau BBC
      per_unit: 100
      units: {fact: answers.area}
      when: {fact: answers.level, is: bbc}
      bonuses: [{when: {fact: answers.bio, is: yes}, points: 10 %, of: aid, label: Biosourcé}]
      caps: [{amount: 200000, label: Plafond}]
  caps: [{amount: 0.4, per: {fact: plan.kept}, label: Quatre dixièmes des dépenses retenues}]
limits:
  - {code: own_share, effect: reduce, rate: 20 %, label: CGCT L. 1111-10}
  - {code: public_total, effect: reduce, rate: 80 %}
pieces: [{code: audit, label: Audit énergétique}]
"""


def building(level="bbc", area=500, works=200_000, fees=0, before=250, after=100, bio="no", **changes):
    return {
        "filed_at": "2026-03-02T09:00",
        "applicant": {"legal_form": "commune", "vat": "not_recovered"},
        "answers": {"area": area, "before": before, "after": after, "level": level, "bio": bio},
        "expenses": [{"category": "works", "ht": works}, {"category": "fees", "ht": fees}],
        "funding": [],
        "pieces": ["audit"],
        **changes,
    }


FESTIVAL = """
schema: escale.scheme/1
key: festivals-2026
title: Aide aux festivals
kind: aap
summary: Une somme selon le budget, jamais plus du tiers de celui-ci.
calendar: {kind: deadline, closes: 2026-02-27T12:00}
contact: {name: Service de la culture}
who: {legal_forms: [association, commune, epci, public_establishment, cooperative]}
form:
  - code: edition
    title: L’édition
    questions:
      - {code: starts, kind: date, label: Premier jour, required: yes}
      - {code: ends, kind: date, label: Dernier jour, required: yes}
      - {code: editions, kind: number, label: Éditions déjà tenues, required: yes}
      - code: shows
        kind: block
        label: Spectacles
        questions:
          - {code: title, kind: text, label: Titre}
          - {code: paid, kind: yes_no, label: Artistes professionnels rémunérés ?}
          - {code: place, kind: choice, label: Où, options: [{code: town, label: En ville}, {code: village, label: Au village}]}
      - {code: ticket, kind: amount, label: Billet le plus cher}
criteria:
  - code: lasts
    title: Deux jours au moins
    rule: {elapsed: answers.starts, until: answers.ends, counted_in: days, until_included: yes, at_least: 2, unit: jours}
  - {code: proven, title: Deux éditions déjà tenues, rule: {fact: answers.editions, at_least: 2, unit: éditions}}
  - code: professional
    title: La moitié des spectacles rémunérés
    rule:
      ratio: {count: answers.shows, where: {fact: row.paid, is: yes}}
      to: {count: answers.shows}
      at_least: 50 %
      label: Spectacles rémunérés
  - {code: others, title: Une autre collectivité aide, rule: {sum: funding.amount, where: {all: [{fact: row.source, is: public}, {fact: row.state, is: granted}]}, more_than: 0}}
  - code: open
    title: Pour tous
    rule:
      at_least_of: 1
      of:
        - {fact: answers.ticket, at_most: 25, unit: €}
        - {count: answers.shows, where: {fact: row.place, is: village}, at_least: 3, unit: spectacles}
  - {code: early, title: Demandé deux mois avant, rule: {from: filed_on, to: answers.starts, lasts_at_least: 2 months}}
expenses:
  - {code: artistic, label: Dépenses artistiques, nature: operating}
  - {code: technical, label: Technique et sécurité, nature: operating}
  - {code: overheads, label: Frais généraux, nature: operating, share_at_most: 15 %, share_of: all_spending}
  - {code: volunteers, label: Valorisation du bénévolat, nature: operating, eligible: no}
aid:
  vat: by_status
  rounding: hundred_down
  funders: [{code: region, label: Région}]
  groups: [{code: least, label: Le moins élevé des deux calculs, take: worse}]
  components:
    - code: bracket
      label: Selon le budget
      group: least
      scale:
        - {below: 30000, amount: 0}
        - {below: 100000, amount: 12000}
        - {below: 300000, amount: 25000}
        - {amount: 60000}
    - {code: third, label: Tiers du budget, group: least, rates: [{rate: 1/3}]}
  floor: 5000
"""


def festival(
    artistic=60_000, technical=20_000, overheads=0, shows=("yes town", "yes village", "no village"), **changes
):
    rows = [{"title": f"Spectacle {n}", "paid": one.split()[0], "place": one.split()[1]} for n, one in enumerate(shows)]
    answers = {"starts": "2026-07-10", "ends": "2026-07-11", "editions": 4, "shows": rows, "ticket": "18"}
    return {
        "filed_at": "2026-02-27T12:00:00",
        "applicant": {"legal_form": "association", "vat": "recovers"},
        "answers": answers | changes.pop("answers", {}),
        "expenses": [{"category": "artistic", "ht": artistic}, {"category": "technical", "ht": technical},
                     {"category": "overheads", "ht": overheads}],
        "funding": [{"source": "public", "funder": "Département", "state": "granted", "amount": 4_000}],
        **changes,
    }  # fmt: skip


LEADER = """
schema: escale.scheme/1
key: leader-bocage
title: LEADER, projets du bocage
kind: aap
summary: Le FEADER apporte quatre euros pour un euro d’argent public national.
funds: [feader, region]
calendar: {kind: deadline, closes: 2027-06-30}
contact: {name: Groupe d’action locale}
who: {legal_forms: [local_authority, association, company]}
partners: {least: 1, most: 5, if_failed: fails_all, criteria: [
  {code: here, title: Dans le territoire, rule: {located: row.commune, within: {epcis: [200068468, 200071520]}}}]}
form:
  - code: project
    title: Le projet
    questions:
      - {code: site, kind: commune, label: Où se fait le projet ?, required: yes}
      - {code: starts, kind: date, label: Début}
criteria:
  - {code: here, title: Projet du territoire, rule: {located: answers.site, within: {communes: [61006, 61169, 14762], label: Groupe d’action locale}, label: Commune du projet}}
  - {code: match, title: Contrepartie nationale, rule: {fact: plan.other_public, more_than: 0, unit: €}, if_not: to_examine}
expenses:
  - {code: works, label: Investissement}
  - {code: staff, label: Salaires, nature: operating}
  - {code: indirect, label: Coûts indirects, nature: operating, flat_rate: 15 %, flat_rate_of: [staff]}
aid:
  vat: by_status
  funders: [{code: feader, label: FEADER}]
  groups: [{code: least, label: Le moins élevé, take: worse, cap: 50000}]
  components:
    - code: share
      label: Part de la dépense publique
      group: least
      rates:
        - {when: {fact: applicant.legal_form, in: [local_authority]}, rate: 80 %, label: Porteur public}
        - {when: {fact: project_type, known: no}, rate: 64 %, label: Porteur privé}
    - code: leverage
      label: Quatre fois la contrepartie
      group: least
      per_unit: 4
      units:
        cases: [{when: {fact: applicant.legal_form, in: [local_authority]},
                 give: {total: [{fact: plan.other_public}, {fact: plan.own}]}}]
        otherwise: {fact: plan.other_public}
  floor: 5000
limits: [{code: public_total, effect: reduce, rate: 100 %}]
scoring: {scale: 20, least: 12, marks: [{code: local, label: Ancrage, weight: 10}, {code: new, label: Nouveauté, weight: 10}]}
"""


def leader(form="association", works=30_000, staff=0, national=6_000, own=0, **changes):
    funding = (
        [{"source": "public", "funder": "Département", "state": "granted", "amount": national}] if national else []
    )
    return {
        "filed_at": "2026-11-02T09:00",
        "applicant": {"legal_form": form, "vat": "recovers"},
        "answers": {"site": "61006"},
        "expenses": [{"category": "works", "ht": works}, {"category": "staff", "ht": staff}],
        "funding": [*funding, *([{"source": "own", "amount": own}] if own else [])],
        **changes,
    }
