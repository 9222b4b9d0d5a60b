"""A small form with each thing that forms have."""

from escale.foundation.questionnaires.questions import Block, Form, Kind, Option, Question, Section

TITLE = Question("title", Kind.TEXT, "Titre du projet", required=True)
FIELDS = Question("fields", Kind.CHOICES, "Domaines", options=(Option("learn", "Apprendre"), Option("make", "Faire")))
LINES = Block(
    "lines",
    "Dépenses",
    (Question("label", Kind.TEXT, "Objet", required=True), Question("ht", Kind.AMOUNT, "Montant", required=True)),
    row_label="Dépense",
    least=1,
    most=3,
)
FORM = Form((Section("project", "Le projet", (TITLE, FIELDS)), Section("money", "Le budget", (LINES,))))
