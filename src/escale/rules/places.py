"""Words of places: kinds, spaces, equipment, services, publics, needs, tariff units, as closed lists of codes.

Codes are English snake_case and stable; labels are French sources. Where the national standard « Lieux de
médiation numérique » (v1.0.2) has its own word for a code, ``STANDARD_…`` gives it exactly as its schema does.
"""

KINDS = {
    "coworking": "Espace de travail partagé",
    "digital_mediation": "Espace public numérique",
    "fablab": "Fablab, atelier de fabrication",
    "craft_workshop": "Atelier artisanal partagé",
    "culture": "Lieu culturel",
    "living_lab": "Laboratoire d’usages (living lab)",
    "shared_kitchen": "Cuisine partagée, alimentation",
    "training_place": "Lieu de formation",
}
SPACES = {
    "desk": "Poste de travail",
    "closed_office": "Bureau fermé",
    "meeting_room": "Salle de réunion",
    "phone_booth": "Cabine téléphonique",
    "training_room": "Salle de formation",
    "workshop": "Atelier",
    "machine": "Machine",
    "hall": "Grande salle",
    "kitchen": "Cuisine",
    "lounge": "Espace de convivialité",
}
#: What is there: counted (a number) or said to be there or not.
EQUIPMENT = {
    "fibre": "Fibre optique",
    "wifi": "Wifi",
    "computers": "Ordinateurs en libre accès",
    "tablets": "Tablettes",
    "screens": "Écrans d’appoint",
    "printer": "Imprimante",
    "scanner": "Numériseur",
    "videoconference": "Visioconférence",
    "projector": "Vidéoprojecteur",
    "printer_3d": "Imprimante 3D",
    "laser_cutter": "Découpe laser",
    "lockers": "Casiers fermés",
    "kitchenette": "Coin cuisine",
    "car_park": "Stationnement",
    "bike_park": "Abri à vélos",
}
#: What was measured → (label, unit, highest believable value).
MEASURES = {
    "download_mbps": ("Débit descendant mesuré", "Mbit/s", 20_000),
    "upload_mbps": ("Débit montant mesuré", "Mbit/s", 20_000),
    "floor_m2": ("Surface", "m²", 100_000),
}
SERVICES = {
    "telework": "Télétravail",
    "coworking": "Travail partagé",
    "making": "Fabrication, expérimentation",
    "digital_mediation": "Médiation numérique",
    "cultural_mediation": "Médiation culturelle",
    "meeting_debate": "Rencontres et débats",
    "ecological_transition": "Transition écologique",
    "conviviality": "Convivialité, restauration",
    "procedures": "Aide aux démarches",
    "everyday_digital": "Outils numériques du quotidien",
    "job_digital": "Insertion professionnelle par le numérique",
    "digital_safety": "Sécurité numérique",
    "family_digital": "Parentalité et éducation numérique",
    "digital_leisure": "Loisirs et création numériques",
    "digital_culture": "Comprendre le monde numérique",
    "internet_access": "Accès à internet et à un ordinateur",
    "solidarity_equipment": "Matériel à prix solidaire",
}
STANDARD_SERVICES = {
    "procedures": "Aide aux démarches administratives",
    "everyday_digital": "Maîtrise des outils numériques du quotidien",
    "job_digital": "Insertion professionnelle via le numérique",
    "digital_safety": "Utilisation sécurisée du numérique",
    "family_digital": "Parentalité et éducation avec le numérique",
    "digital_leisure": "Loisirs et créations numériques",
    "digital_culture": "Compréhension du monde numérique",
    "internet_access": "Accès internet et matériel informatique",
    "solidarity_equipment": "Acquisition de matériel informatique à prix solidaire",
}
PUBLICS = {
    "youth": "Jeunes",
    "students": "Étudiants",
    "families": "Familles et enfants",
    "seniors": "Seniors",
    "women": "Femmes",
    "teleworkers": "Télétravailleurs",
    "freelancers": "Indépendants",
    "companies": "Entreprises",
    "craftspeople": "Artisans",
    "associations": "Associations",
    "job_seekers": "Personnes en recherche d’emploi",
    "nomads": "Personnes de passage",
}
STANDARD_PUBLICS = {
    "youth": "Jeunes",
    "students": "Étudiants",
    "families": "Familles et/ou enfants",
    "seniors": "Seniors",
    "women": "Femmes",
}
CARE = {
    "deafness": "Surdité",
    "motor": "Handicaps moteurs",
    "mental": "Handicaps mentaux",
    "illiteracy": "Illettrisme",
    "english": "Langues étrangères (anglais)",
    "other_languages": "Langues étrangères (autres)",
    "visual": "Déficience visuelle",
}
FEES = {"free": "Gratuit", "free_conditional": "Gratuit sous condition", "paid": "Payant"}
ACCESS_MODES = {
    "come": "Se présenter",
    "call": "Téléphoner",
    "mail": "Contacter par mail",
    "online": "Prendre un RDV en ligne",
    "no_public": "Ce lieu n'accueille pas de public",
    "prescription": "Envoyer un mail avec une fiche de prescription",
}
SUPPORT = {
    "autonomy": "En autonomie",
    "individual": "Accompagnement individuel",
    "group": "Dans un atelier collectif",
    "remote": "À distance",
}
PROGRAMMES = {
    "aidants_connect": "Aidants Connect",
    "libraries": "Bibliothèques numérique de référence",
    "pix": "Certification PIX",
    "conseillers": "Conseillers numériques",
    "emmaus": "Emmaüs Connect",
    "france_services": "France Services",
    "gen": "Grande école du numérique",
    "croix_rouge": "La Croix Rouge",
    "caf": "Point d'accès numérique CAF",
    "promeneurs": "Promeneurs du net",
    "relais": "Relais numérique (Emmaüs Connect)",
}
TRAININGS = {
    "mon_espace_sante": "Formé à « Mon Espace Santé »",
    "duplex": "Formé à « DUPLEX » (illettrisme)",
    "arnia": "Arnia/MedNum BFC (Bourgogne-Franche-Comté)",
    "reemploi": "Collectif ressources et acteurs réemploi (Normandie)",
    "etapes": "Étapes numériques(La Poste)",
    "fabriques": "Fabriques de Territoire",
    "eclaireurs": "Les Éclaireurs du numérique (Drôme)",
    "mes_papiers": "Mes Papiers (Métropole de Lyon)",
    "ordi30": "ORDI 3.0",
    "sudlabs": "SUD LABS (PACA)",
}
ROAMING = {"itinerant": "Itinérant", "fixed": "Fixe"}
#: Accessibility by need: each is yes, no, or not said.
NEEDS = {
    "step_free": "De plain-pied ou avec rampe",
    "wide_door": "Porte de 80 cm ou plus",
    "lift": "Ascenseur ou tout au rez-de-chaussée",
    "accessible_toilet": "Toilettes adaptées",
    "reserved_parking": "Place de stationnement réservée",
    "hearing_loop": "Boucle magnétique",
    "sign_language": "Accueil en langue des signes",
    "guidance": "Repérage au sol ou en braille",
    "quiet_room": "Pièce calme",
}
#: Units in which a price is said; none is ever turned into another.
UNITS = {
    "hour": "l’heure",
    "half_day": "la demi-journée",
    "day": "la journée",
    "week": "la semaine",
    "month": "le mois",
    "ticket": "le carnet",
    "year": "l’année",
    "free": "gratuit",
}
LANGUAGES = {
    "fr": "français",
    "en": "anglais",
    "de": "allemand",
    "es": "espagnol",
    "it": "italien",
    "nl": "néerlandais",
    "pt": "portugais",
    "uk": "ukrainien",
    "ar": "arabe",
    "lsf": "langue des signes",
}
ROLES = {
    "host": "Accueil",
    "animator": "Animation",
    "digital_adviser": "Conseil numérique",
    "workshop_manager": "Atelier",
    "coordinator": "Coordination",
}
PREMISES = {
    "owned": "propriété",
    "lent": "mise à disposition gratuite",
    "moderate_rent": "loyer modéré",
    "market_rent": "loyer du marché",
}
#: Where a place stands with the Region; several hold together, each with its dates.
STANDINGS = {
    "known": "connu",
    "candidate": "candidat",
    "labelled": "labellisé",
    "agreement": "conventionné",
    "funded": "financé",
}
