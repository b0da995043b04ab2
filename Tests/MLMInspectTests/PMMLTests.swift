import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import ModelJSON
import TestSupport
import Testing

/// PMML beyond what the artifacts show. Rules: dmg.org/pmml/v4-4-1.
@Suite struct PMMLTests {
    private func inspect(_ models: String, dictionary: String = "") throws -> Record {
        let text = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary>
            <DataField name="x" optype="continuous" dataType="double"/><DataField name="n" optype="continuous" dataType="integer"/>
            <DataField name="y" optype="categorical" dataType="string"><Value value="a"/><Value value="b" property="valid"/>
            <Value value="c" property="invalid"/></DataField>\(dictionary)</DataDictionary>\(models)</PMML>
            """
        return Inspector().inspect(try Artifact(path: "model.pmml", source: ByteSource(MemoryBytes(Array(text.utf8)))))
    }

    private let schema =
        #"<MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>"#

    /// An integer of XML Schema has no width.
    @Test func typesThatHaveNoWidth() throws {
        let record = try inspect(
            #"<TreeModel functionName="regression"><MiningSchema><MiningField name="n"/></MiningSchema></TreeModel>"#)
        #expect(record.facts?.inputs?.first?.dataType == "integer")
        #expect(record.facts?.inputs?.first?.features == [Feature(name: "n", dataType: "integer")])
    }

    @Test func aFieldThatTheDictionaryLacksHasNoType() throws {
        let record = try inspect(
            #"<TreeModel functionName="regression"><MiningSchema><MiningField name="z"/></MiningSchema></TreeModel>"#)
        #expect(record.facts?.inputs?.first?.dataType == nil)
        #expect(record.facts?.inputs?.first?.shape == [-1, 1])
    }

    @Test func outputs() throws {
        let record = try inspect(
            """
            <TreeModel functionName="classification">\(schema)<Output>
            <OutputField name="hidden" feature="transformedValue" isFinalResult="false"/>
            <OutputField name="p" dataType="double" feature="probability" value="a"/></Output></TreeModel>
            """)
        let outputs = record.facts?.outputs ?? []
        #expect(outputs.map(\.name) == ["y", "p"])
        #expect(outputs.map(\.dataType) == ["string", "float64"])
        #expect(outputs.first?.labels == ["a", "b"])
    }

    /// The result of a chain is that of its last segment; a vote has none but its own.
    @Test func outputsOfAChain() throws {
        func ensemble(_ method: String) -> String {
            """
            <MiningModel functionName="classification">\(schema)<Segmentation multipleModelMethod="\(method)">
            <Segment><True/><TreeModel functionName="regression">\(schema)<Output><OutputField name="first"/></Output></TreeModel></Segment>
            <Segment><True/><TreeModel functionName="classification">\(schema)<Output><OutputField name="last"/></Output></TreeModel></Segment>
            </Segmentation></MiningModel>
            """
        }
        #expect(try inspect(ensemble("modelChain")).facts?.outputs?.map(\.name) == ["last"])
        let vote = try inspect(ensemble("majorityVote"))
        #expect(vote.facts?.outputs?.map(\.name) == ["y"])
        #expect(vote.facts?.hyperparameters?["trees"]?.int == 2)
        #expect(vote.facts?.hyperparameters?["segments"]?.int == 2)
    }

    /// A constant: there is nothing to put in.
    @Test func noActiveField() throws {
        let target = #"<MiningSchema><MiningField name="y" usageType="target"/></MiningSchema>"#
        let record = try inspect("<NaiveBayesModel functionName=\"classification\">\(target)</NaiveBayesModel>")
        #expect(record.verdict == .model)
        #expect(record.facts?.inputs == nil)
        #expect(record.evidence?.contains { $0.field == "inputs" } == false)
    }

    @Test func whatLooksForAnomaliesHasNoTask() throws {
        let record = try inspect(
            "<AnomalyDetectionModel functionName=\"regression\">\(schema)</AnomalyDetectionModel>")
        #expect(record.facts?.tasks == nil)
        #expect(record.facts?.hyperparameters?["function_name"]?.string == "regression")
    }

    /// A table has rows and features; a prediction is one a row.
    @Test func dimensionsOfATable() throws {
        let record = try inspect("<TreeModel functionName=\"classification\">\(schema)</TreeModel>")
        #expect(record.facts?.inputs?.map(\.dimOrder) == [["batch", "feature"]])
        #expect(record.facts?.outputs?.map(\.dimOrder) == [["batch"]])
        #expect(record.evidence?.filter { $0.field.hasSuffix("dim_order") }.map(\.origin) == [.derived, .derived])
    }

    @Test func severalModels() throws {
        let tree = "<TreeModel modelName=\"%\" functionName=\"classification\">\(schema)</TreeModel>"
        let record = try inspect(tree.replacing("%", with: "one") + tree.replacing("%", with: "two"))
        #expect(record.facts?.name == "one")
        #expect(record.facts?.signatures?.map(\.name) == ["two"])
        #expect(record.findings?.map(\.code) == ["pmml.several-models"])
    }

    @Test func whatIsNotToBeRunSaysSo() throws {
        let record = try inspect(
            "<TreeModel isScorable=\"false\" functionName=\"clustering\">\(schema)</TreeModel>")
        #expect(record.findings?.map(\.code) == ["pmml.not-scorable"])
        #expect(record.facts?.tasks == nil)
    }

    /// What stands in an Extension belongs to somebody else.
    @Test func extensionsAreNotRead() throws {
        let record = try inspect(
            "<Extension><MiningSchema><MiningField name=\"e\"/></MiningSchema></Extension><TreeModel functionName=\"regression\"><Extension><Output><OutputField name=\"e\"/></Output></Extension>\(schema)</TreeModel>"
        )
        #expect(record.facts?.inputs?.first?.features?.map(\.name) == ["x"])
        #expect(record.facts?.outputs?.map(\.name) == ["y"])
    }

    @Test func listsHaveLimits() throws {
        var limits = Limits()
        limits[PMMLLimits.fields].value = 2
        let text = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><DataDictionary>
            <DataField name="a"/><DataField name="b"/><DataField name="c"/></DataDictionary></PMML>
            """
        let record = Inspector(limits: limits).inspect(
            try Artifact(path: "model.pmml", source: ByteSource(MemoryBytes(Array(text.utf8)))))
        #expect(record.error?.message == "limit: pmml fields 3 > 2")
    }
}
