"""A call with each thing a dossier must pass: types, visible-if, partners, plan, pieces, aid. Invented."""

DOCUMENT = {
    "schema": "escale.scheme/1",
    "key": "granges-2026",
    "title": "Granges ouvertes",
    "kind": "aap",
    "summary": "Ouvrir une grange aux habitants.",
    "service": "numerique",
    "calendar": {"kind": "deadline", "opens": "2026-02-01", "closes": "2026-03-31"},
    "who": {"legal_forms": ["commune", "association"]},
    "project_types": [{"code": "creation", "label": "Création"}, {"code": "growth", "label": "Développement"}],
    "form": [
        {
            "code": "place",
            "title": "Le lieu",
            "questions": [
                {"code": "has_owner", "kind": "yes_no", "label": "Un autre propriétaire ?", "required": "yes"},
                {
                    "code": "owner",
                    "kind": "text",
                    "label": "Son nom",
                    "required": "yes",
                    "visible_if": {"fact": "answers.has_owner", "is": "yes"},
                },
                {"code": "start_on", "kind": "date", "label": "Début des travaux"},
                {
                    "code": "desks",
                    "kind": "block",
                    "label": "Postes de travail",
                    "questions": [
                        {"code": "room", "kind": "text", "label": "Salle", "required": "yes"},
                        {"code": "count", "kind": "number", "label": "Postes"},
                    ],
                },
            ],
        }
    ],
    "expenses": [{"code": "works", "label": "Travaux"}],
    "aid": {
        "components": [{"code": "base", "label": "Aide", "rates": [{"rate": "50 %"}]}],
        "funders": [{"code": "region", "label": "Région"}],
    },
    "pieces": [{"code": "deliberation", "label": "Délibération"}],
    "contact": {"name": "Service du numérique", "phone": "02 00 00 00 00"},
}
