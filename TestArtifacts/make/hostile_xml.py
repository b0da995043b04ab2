"""XML that attacks its reader, as PMML: entities that grow or reach files, nesting, an endless attribute, a cut."""

from common import place, run_all, start, write_truth

ROOT = '<PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4">'
HEAD = '<?xml version="1.0"?>\n'
BODY = (
    '<Header/><DataDictionary><DataField name="x" optype="continuous" dataType="double"/></DataDictionary>'
    '<TreeModel functionName="regression"><MiningSchema><MiningField name="x"/></MiningSchema>'
)


def write(name, text, how, record):
    path = place("hostile", name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    write_truth(path, written_by={}, how=how, record=record)


def failed(reason, **facts):
    record = {"verdict": "failed", "format": {"id": "pmml"}, "error": {"reason": reason}}
    return {**record, "facts": facts} if facts else record


def pmml_billion_laughs():
    lines = ['<!ENTITY a0 "ha">'] + [f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10)]
    text = f"{HEAD}<!DOCTYPE PMML [{''.join(lines)}]>\n{ROOT}<Header description='&a9;'/>{BODY}</TreeModel></PMML>"
    write("pmml_billion_laughs.pmml", text, "entities that grow to 3 GB", failed("unsupported"))


def pmml_external_entity():
    entity = '<!ENTITY x SYSTEM "file:///etc/passwd">'
    text = f"{HEAD}<!DOCTYPE PMML [{entity}]>\n{ROOT}<Header><Timestamp>&x;</Timestamp></Header>{BODY}</TreeModel></PMML>"
    write("pmml_external_entity.pmml", text, "an entity that is a file of the machine", failed("unsupported"))


def pmml_deep():
    nodes = "<Node><True/>" * 5_000
    write("pmml_deep.pmml", HEAD + ROOT + BODY + nodes, "5,000 nodes within each other", failed("limit"))


def pmml_cut():
    text = HEAD + ROOT + BODY + "<Node><True/>"
    write("pmml_cut.pmml", text, "cut off within a tree", failed("truncated"))


def pmml_mismatched():
    text = HEAD + ROOT + BODY + "<Node></Tree></TreeModel></PMML>"
    write("pmml_mismatched.pmml", text, "a tag is closed by another", failed("malformed"))


def pmml_no_model():
    text = f'{HEAD}{ROOT}<Header/><DataDictionary/></PMML>'
    record = {"verdict": "not-a-model", "cause": "architecture-only", "format": {"id": "pmml"}}
    write("pmml_no_model.pmml", text, "a data dictionary and no model", record)


def pmml_java_function():
    text = (
        f"{HEAD}{ROOT}{BODY}<LocalTransformations><DerivedField name='y' optype='continuous' dataType='double'>"
        "<Apply function='com.example.Evil'><FieldRef field='x'/></Apply></DerivedField></LocalTransformations>"
        "<Node score='1'><True/></Node></TreeModel></PMML>"
    )
    record = {
        "verdict": "model",
        "loading": {"verdict": "needs-code", "classes": ["com.example.Evil"]},
        "findings": [{"code": "pmml.foreign-function"}],
    }
    write("pmml_java_function.pmml", text, "calls a class of Java as JPMML allows", record)


def pmml_deep_function():
    apply = "<Apply function='com.example.Evil'><FieldRef field='x'/></Apply>"
    text = (
        f"{HEAD}{ROOT}{BODY}<Node score='1'><True/></Node></TreeModel>{'<Extension>' * 5_000}{'</Extension>' * 5_000}"
        f"<TransformationDictionary><DerivedField name='y' optype='continuous' dataType='double'>{apply}</DerivedField>"
        "</TransformationDictionary></PMML>"
    )
    record = {**failed("limit"), "loading": {"verdict": "incomplete"}}
    write("pmml_deep_function.pmml", text, "a foreign function behind 5,000 elements within each other", record)


def pmml_document_type():
    text = f"{HEAD}<!DOCTYPE PMML SYSTEM 'http://192.0.2.1/pmml.dtd'>\n{ROOT}{BODY}<Node score='1'><True/></Node></TreeModel></PMML>"
    record = {"verdict": "model", "loading": {"verdict": "data-only"}, "findings": [{"code": "pmml.document-type"}]}
    write("pmml_document_type.pmml", text, "a document type that other readers may fetch from an address", record)


def not_pmml():
    text = HEAD + "<report><PMML/><DataDictionary/></report>"
    write("not_pmml.xml", text, "a document with PMML in it, but not as its root", {"verdict": "unrecognised"})


if __name__ == "__main__":
    arguments = start(__doc__.splitlines()[0])
    run_all(
        [
            pmml_billion_laughs, pmml_external_entity, pmml_deep, pmml_cut, pmml_mismatched, pmml_no_model,
            pmml_java_function, pmml_deep_function, pmml_document_type, not_pmml,
        ],
        arguments.names,
    )  # fmt: skip
