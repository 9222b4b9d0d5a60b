"""What leaves the directory obeys its own description, checked by a validator that is not ours (JSON Schema 2020-12)."""

import jsonschema
import pytest

from escale.foundation.places.actions import inside, standing
from tests import build

pytestmark = pytest.mark.django_db
PLACE = {"$ref": "#/components/schemas/Place"}
#: GeoJSON as RFC 7946 has it, for a collection of points.
GEOJSON = {
    "type": "object", "required": ["type", "features"], "properties": {"type": {"const": "FeatureCollection"}, "features": {
        "type": "array", "items": {
            "type": "object", "required": ["type", "geometry", "properties"], "properties": {
                "type": {"const": "Feature"}, "id": {"type": "string"}, "properties": {"type": "object"},
                "geometry": {"oneOf": [{"type": "null"}, {
                    "type": "object", "additionalProperties": False, "required": ["type", "coordinates"],
                    "properties": {"type": {"const": "Point"}, "coordinates": {
                        "type": "array", "prefixItems": [{"type": "number", "minimum": -180, "maximum": 180},
                                                         {"type": "number", "minimum": -90, "maximum": 90}],
                        "minItems": 2, "maxItems": 2}}}]}}}}},
}  # fmt: skip


def test_the_api_and_geojson_obey_their_descriptions(client, at):
    whole = build.place(
        at, hours="Mo-Fr 09:00-12:00; 2026 Aug 01-15 off", lon=-0.37, lat=49.18, summary="Un « lieu » & calme"
    )
    rows = {"access": [{"need": "step_free", "met": True, "note": "Par la cour"}],
            "equipment": [{"code": "wifi", "figure": 1, "counted": False}, {"code": "screens", "figure": 3, "counted": True}],
            "spaces": [{"kind": "desk", "units": 4, "capacity": 1, "floor_m2": 30}]}  # fmt: skip
    for name, some in rows.items():
        inside.replace(whole, name, some, by=None, at=at)
    standing.stand(whole, "labelled", by=None, at=at, reference="Label")
    build.place(at, name="Sans point", address="2 rue du Bac")
    written = client.get("/api/v1/openapi.json").json()
    assert (written["openapi"][:3], {"title", "version"} <= set(written["info"])) == ("3.1", True)
    for one in written["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(one)
    told = client.get("/api/v1/places").json()
    for one in told["places"]:
        jsonschema.validate(one, {**PLACE, **written})
        assert set(one) <= set(written["components"]["schemas"]["Place"]["properties"])  # nothing undescribed
    jsonschema.validate(told, {"$ref": "#/components/schemas/Page", **written})
    wrong = client.get("/api/v1/places?minutes=x&near=Caen")
    jsonschema.validate(wrong.json(), {"$ref": "#/components/schemas/Error", **written})
    answered = {str(code) for code in (200, wrong.status_code)}
    assert answered <= set(written["paths"]["/api/v1/places"]["get"]["responses"])
    asked = {one["name"] for one in written["paths"]["/api/v1/places"]["get"]["parameters"]}
    assert {"q", "near", "minutes", "km", "kind", "open_at", "equipment", "access", "price_max", "unit"} <= asked
    jsonschema.validate(client.get("/lieux.geojson").json(), GEOJSON)
