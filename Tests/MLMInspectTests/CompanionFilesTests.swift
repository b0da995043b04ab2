import Foundation
import MLMInspect
import ModelBytes
import TestSupport
import Testing

/// What people lay beside a model reaches its record where both agree, and is a hint where they do not.
@Suite struct CompanionFilesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A model whose output is [-1, 5], and the files beside it.
    private func inspect(
        _ files: [String: String], model: String = "tflite/float_cnn.tflite", as name: String = "trees.tflite"
    ) throws -> Record {
        let bytes = try Data(contentsOf: TestArtifact.root.appending(path: model))
        try folder.write(Array(bytes), to: name)
        try folder.write(Array("# Trees".utf8), to: "README.md")
        for (name, text) in files { try folder.write(Array(text.utf8), to: name) }
        return Inspector().inspect(folder.path(name))
    }

    private func labels(_ record: Record) -> [String]? { record.facts?.outputs?.first?.labels }

    private func codes(_ record: Record) -> [String] { (record.findings ?? []).map(\.code) }

    private static let five = ["ash", "birch", "cedar", "fir", "oak"]

    @Test(arguments: [
        ("labels.txt", "ash\nbirch\ncedar\nfir\noak\n"),
        ("classes.txt", "\u{FEFF}ash\r\nbirch\r\ncedar\r\nfir\r\noak"),
        ("labelmap.txt", "0  ash\n1  birch\n2  cedar\n3  fir\n4  oak\n\n"),
        ("trees_labels.txt", "0: ash\n1: birch\n2: cedar\n3: fir\n4: oak"),
        ("labels.json", #"["ash", "birch", "cedar", "fir", "oak"]"#),
        ("classes.json", #"{"classes": ["ash", "birch", "cedar", "fir", "oak"]}"#),
        ("class_indices.json", #"{"oak": 4, "ash": 0, "cedar": 2, "birch": 1, "fir": 3}"#),
        (
            "class_names.json",
            #"{"0": ["n0", "ash"], "1": ["n1", "birch"], "2": ["n2", "cedar"], "3": ["n3", "fir"], "4": ["n4", "oak"]}"#
        ),
        ("config.json", #"{"id2label": {"0": "ash", "1": "birch", "2": "cedar", "3": "fir", "4": "oak"}}"#),
        ("trees.json", #"{"epochs": 3, "labels": ["ash", "birch", "cedar", "fir", "oak"]}"#),
        ("config.json", #"{"architecture": "resnet18", "label_names": ["ash", "birch", "cedar", "fir", "oak"]}"#),
        ("config.min.json", #"{"beg_size": 512, "target_labels_space": ["ash", "birch", "cedar", "fir", "oak"]}"#),
    ])
    func namesOfClasses(_ name: String, _ text: String) throws {
        let record = try inspect([name: text])
        #expect(labels(record) == Self.five)
        #expect(
            record.evidence?.contains {
                $0.field == "outputs.labels" && $0.origin == .derived && $0.where.hasPrefix(name + ":")
            } == true)
        #expect(!codes(record).contains { $0.hasPrefix("labels.") })
        let classes = record.draft?.properties["mlm:output"]?.array?.first?["classification:classes"]?.array
        #expect(classes?.compactMap { $0["description"]?.string } == Self.five)
    }

    /// So many classes that as many names fit by no accident: the list may be of several models that begin alike.
    @Test(arguments: [
        ("birds_v2.4_Labels.txt", 3_780, true), ("birds_labels.txt", 3_780, true),
        ("birds_v2.4_Labels.txt", 3_779, false), ("birds_v2_labels.txt", 3_780, false),
        ("bird_labels.txt", 3_780, false), ("frogs_labels.txt", 3_780, false),
    ])
    func namesOfManyClasses(_ name: String, _ count: Int, _ areUsed: Bool) throws {
        let names = (0..<count).map { "Avis \($0)_bird \($0)" }
        try folder.write([0], to: "birds_v2.4_fp16.tflite")
        let record = try inspect(
            [name: names.joined(separator: "\n")], model: "keras-v3/zoo2d_3_15_tensorflow.keras",
            as: "birds_v2.4_fp32.keras")
        #expect(record.facts?.outputs?.compactMap(\.labels) == (areUsed ? [names] : []))
        #expect(codes(record).contains("labels.not-used") == (count != 3_780))
    }

    @Test(arguments: [
        ("labels.txt", "ash\nbirch\ncedar\nfir\n"), ("labels.txt", "background\nash\nbirch\ncedar\nfir\noak"),
        ("classes.json", #"["ash", "birch"]"#),
    ])
    func anotherNumberOfThemIsAHint(_ name: String, _ text: String) throws {
        let record = try inspect([name: text])
        #expect(labels(record) == nil)
        #expect(
            record.findings?.contains { $0.code == "labels.not-used" && $0.severity == .note && $0.where == name }
                == true)
    }

    /// What is called a list of names, and is none that can be told, is named with the reason.
    @Test(arguments: [
        ("labels.txt", Array("1 ash\n2 birch\n3 cedar\n4 fir\n5 oak".utf8), "not 0, 1, 2"),
        ("labels.txt", Array("ash\n\nbirch\ncedar\nfir".utf8), "line 2 is empty"),
        ("labels.txt", [0x61, 0x0A, 0xFC, 0x0A, 0x62, 0x0A, 0x63, 0x0A, 0x64], "UTF-8"),
        ("labels.txt", [0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00, 0x62, 0x00], "UTF-8"),
        ("trees_labels.txt", Array("ash,birch,cedar,fir,oak".utf8), "one line"),
        ("classes.txt", Array("trees".utf8), "one name"),
        ("labels.txt", Array("3\n1\n4\n1\n5".utf8), "numbers"),
        ("labels.txt", Array("id,name\n0,ash\n1,birch\n2,cedar\n3,fir".utf8), "begin with a number"),
        ("labels.txt", Array("a\u{0}\nb\nc\nd\ne".utf8), "not text"),
        ("labels.txt", Array("/home/me/a\n/home/me/b\nc\nd\ne".utf8), "a path"),
        ("labels.json", Array(#"{"labels": [1, 2, 3, 4, 5]}"#.utf8), "not a list of names"),
        ("labels.json", Array("[[[[".utf8), "not a list of names"),
        ("labels.json", Array(#"{"0": "a", "1": "b", "2": "c", "3": "d", "5": "e"}"#.utf8), "not a list of names"),
    ])
    func namesThatCannotBeTold(_ name: String, _ bytes: [UInt8], _ reason: String) throws {
        try folder.write(bytes, to: name)
        let record = try inspect([:])
        #expect(record.verdict == .model && labels(record) == nil)
        let notes = record.findings?.filter { $0.code.hasPrefix("labels.") } ?? []
        #expect(notes.count == 1 && notes.first?.code == "labels.not-used" && notes.first?.severity == .note)
        #expect(notes.first?.where == name && notes.first?.message.contains(reason) == true, "\(notes)")
        // What the model says itself is not missed.
        #expect(!codes(try inspect([:], model: "tflite/labelled.tflite")).contains("labels.not-used"))
    }

    /// Settings that count, and classes that nobody has named.
    @Test(arguments: [
        ("trees.json", #"{"epochs": 4, "seed": 0, "batch": 1, "workers": 2, "rank": 3}"#),
        (
            "config.json",
            #"{"id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2", "3": "LABEL_3", "4": "LABEL_4"}}"#
        ), ("trees.json", "[[[["), ("labels.txt", ""),
    ])
    func whatIsNoListOfNames(_ name: String, _ text: String) throws {
        let record = try inspect([name: text])
        #expect(record.verdict == .model && labels(record) == nil)
        #expect(!codes(record).contains { $0.hasPrefix("labels.") })
    }

    /// Numbers that are answers, a heading over numbered lines, two lists that differ, another model of a longer name.
    @Test(arguments: [
        ["labels.txt": "3\n1\n4\n1\n5"],
        ["labels.txt": "id,name\n0,ash\n1,birch\n2,cedar\n3,fir"],
        ["labels.txt": "ash\nbirch\ncedar\nfir\noak", "classes.txt": "a\nb\nc\nd\ne"],
        ["labels.txt": "ash\nbirch\ncedar\nfir\noak", "trees.v2.tflite": ""],
    ])
    func namesThatMayNotBeItsOwn(_ files: [String: String]) throws {
        #expect(labels(try inspect(files)) == nil)
    }

    @Test func aSecondModelInTheFolder() throws {
        let text = "ash\nbirch\ncedar\nfir\noak"
        let record = try inspect(["labels.txt": text, "birds.onnx": "?"])
        #expect(labels(record) == nil)
        #expect(
            record.findings?.contains { $0.code == "labels.not-used" && $0.message.contains("birds.onnx") } == true)
        // The same in another form, and names that are this model's alone.
        #expect(labels(try inspect(["trees_labels.txt": text])) == Self.five)
        try FileManager.default.removeItem(at: folder.url.appending(path: "birds.onnx"))
        try FileManager.default.removeItem(at: folder.url.appending(path: "trees_labels.txt"))
        #expect(labels(try inspect(["trees.onnx": "?"])) == Self.five)
    }

    @Test func theFileItselfIsRight() throws {
        let own = try #require(labels(inspect([:], model: "tflite/labelled.tflite")))
        let other = own.map { $0 + "_" }.joined(separator: "\n")
        let record = try inspect(["labels.txt": other], model: "tflite/labelled.tflite")
        #expect(labels(record) == own)
        #expect(codes(record).contains("labels.differ"))
        #expect(
            !codes(try inspect(["labels.txt": own.joined(separator: "\n")], model: "tflite/labelled.tflite")).contains(
                "labels.differ"))
    }

    @Test func listsThatAreTooLong() throws {
        let lines = String(repeating: "x\n", count: 700_000)
        #expect(!codes(try inspect(["labels.txt": lines])).contains("labels.not-used"))
        let names = (0...10_000).map { "n\($0)" }.joined(separator: "\n")
        let record = try inspect(["labels.txt": names])
        #expect(labels(record) == nil && codes(record).contains("labels.not-used"))
    }

    /// A folder that is a model has no second one in it.
    @Test func insideAFolder() throws {
        let model = folder.url.appending(path: "saved")
        try FileManager.default.copyItem(
            at: TestArtifact.root.appending(path: "tf-saved-model/keras_save_2_15"), to: model)
        try Data("ash\nbirch\ncedar\nfir\noak".utf8).write(to: model.appending(path: "labels.txt"))
        #expect(labels(Inspector().inspect(model.path)) == Self.five)
    }

    @Test func whatUltralyticsWritesBesideAnExport() throws {
        func yaml(_ size: Int) -> String {
            """
            description: Ultralytics YOLOv8n-cls model trained on trees
            author: Ultralytics
            date: '2026-01-05T10:00:00'
            version: 8.3.40
            license: AGPL-3.0 License (https://ultralytics.com/license)
            task: classify
            batch: 1
            imgsz: [\(size), \(size)]
            names: {0: ash, 1: birch, 2: cedar, 3: fir, 4: oak}
            """
        }
        let record = try inspect(["metadata.yaml": yaml(16)])
        #expect(record.facts?.tasks == ["classification"] && labels(record) == Self.five)
        #expect(record.facts?.architecture == "YOLOv8n-cls")
        let other = try inspect(["metadata.yaml": yaml(224)])
        #expect(other.facts?.tasks == nil && labels(other) == nil && codes(other).contains("ultralytics.not-used"))
    }
}
