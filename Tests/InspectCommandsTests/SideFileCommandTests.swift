import Foundation
import ModelContainers
import ModelJSON
import STAC
import SystemPackage
import TestSupport
import Testing

/// Side files as users of `draft` meet them: found, named, written to be filled in, and merged.
@Suite struct SideFileCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func artifact(_ name: String, as copy: String) throws -> String {
        let source = try #require(TestArtifact.all.first { $0.description == name }, "no \(name)").path
        let target = URL(filePath: folder.path(copy))
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: source, toPath: target.path(percentEncoded: false))
        return copy
    }

    private func unet(_ copy: String = "unet.pt2") throws -> String { try artifact("torch-export/unet.pt2", as: copy) }

    private func write(_ name: String, _ text: String) throws { try folder.write(Array(text.utf8), to: name) }

    private func draft(_ arguments: String...) async throws -> Program.Run {
        try await Program.run(Program.path, ["draft"] + arguments, in: folder.path(""))
    }

    private func read(_ name: String) throws -> JSONValue {
        try JSONValue.parse(Array(Data(contentsOf: URL(filePath: folder.path(name)))))
    }

    private func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder.path(name)) }

    private static let needed = """
        tasks: semantic-segmentation
        license: Apache-2.0
        geometry: world
        start: 2015-06-27
        end: ..

        """

    // MARK: - Found and named

    @Test func aFileBesideTheModelIsFound() async throws {
        let model = try unet()
        try write("unet.mlm.yaml", Self.needed)
        try write("mlm.yaml", "license: MIT\nkeywords: [a]\n")
        let run = try await draft(model, "--final", "-o", "unet.json")
        #expect(run.code == 0)
        #expect(
            run.errors == "mlm-inspect: what is known of models is also taken from unet.mlm.yaml, mlm.yaml\n",
            "\(run.errors)")
        let item = try read("unet.json")
        #expect(item["properties"]?["license"] == "Apache-2.0")
        #expect(item["properties"]?["keywords"] == ["a"])
        #expect(try DocumentCheck(item).isValid)
        let without = try await draft(model, "--no-side-file", "--final")
        #expect(without.code == 1 && without.output.isEmpty)
        let flag = try await draft(model, "--license", "MIT", "--compact")
        #expect(flag.output.contains(#""license":"MIT""#))
        let named = try await draft(model, "--from", "mlm.yaml")
        #expect(try JSONValue.parse(named.output)["properties"]?["mlm:tasks"] == [])
        #expect(named.errors.isEmpty)
    }

    /// A geometry may stand in a file beside the side file, and in no other place.
    @Test func aGeometryIsAFileBeside() async throws {
        let model = try unet("models/unet.pt2")
        try write("outside.geojson", #"{"type": "Point", "coordinates": [8.5, 47.4]}"#)
        try write(
            "models/footprint.geojson",
            #"{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [8.5, 47.4]}}"#)
        let side = "models/unet.mlm.yaml"
        func geometry(_ name: String) async throws -> Program.Run {
            try write(side, "license: MIT\ngeometry: \(name)\n")
            return try await draft(model)
        }
        let item = try JSONValue.parse(await geometry("footprint.geojson").output)
        #expect(item["geometry"] == ["type": "Point", "coordinates": [8.5, 47.4]])
        #expect(item["bbox"] == [8.5, 47.4, 8.5, 47.4])
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("models/link.geojson"), withDestinationPath: folder.path("outside.geojson"))
        for (name, message) in [
            ("../outside.geojson", "../outside.geojson is not beside the side file"),
            (folder.path("outside.geojson"), "is not beside the side file"),
            ("link.geojson", "link.geojson is not a regular file"),
            ("here", "there is no file here here; write world"), ("unet.pt2", "unet.pt2: "), (".", "is not beside"),
            ("unet.mlm.yaml", "unet.mlm.yaml: "),
        ] {
            let run = try await geometry(name)
            #expect(run.code == 64 && run.output.isEmpty, "\(name)")
            #expect(run.errors.hasPrefix("mlm-inspect: \(side): line 2: "), "\(run.errors)")
            #expect(run.errors.contains(message), "\(run.errors)")
        }
    }

    @Test func aFileThatIsWrongStopsEverything() async throws {
        let model = try unet()
        try write("unet.mlm.yaml", "# a\nlicence: MIT\n")
        let run = try await draft(model, "-o", "unet.json")
        #expect(run.code == 64)
        #expect(
            run.errors
                == "mlm-inspect: unet.mlm.yaml: line 2: licence is no word of a side file; did you mean license?; nothing was "
                + "written\n")
        #expect(!exists("unet.json"))
        try write("unet.mlm.yaml", "license: MIT\n")
        try write("unet.mlm.json", "{}")
        #expect(try await draft(model).errors.contains("keep one of them"))
        try FileManager.default.removeItem(atPath: folder.path("unet.mlm.yaml"))
        try FileManager.default.removeItem(atPath: folder.path("unet.mlm.json"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("unet.mlm.yaml"), withDestinationPath: "/etc/hostname")
        #expect(try await draft(model).errors.contains("unet.mlm.yaml is not a regular file"))
        for arguments in [
            ["--from", "absent.yaml"], ["--from", "."], ["--from", "mlm.yaml", "--no-side-file"], ["--link", "a"],
            ["--asset", "a"], ["--classes", "a"], ["--classes", "other=a,b"], ["--classes", "a,b", "--classes", "c,d"],
            ["--value-scaling", "z-scor:mean=1"], ["--value-scaling", "scale:value=1/2"], ["--template", "--final"],
            ["--template", "--license", "MIT"],
        ] {
            let run = try await Program.run(
                Program.path, ["draft", model, "--no-side-file"] + arguments, in: folder.path(""))
            #expect(run.code == 64 && run.output.isEmpty, "\(arguments)")
            #expect(run.errors.filter { $0 == "\n" }.count == 1, "\(arguments): \(run.errors)")
        }
    }

    @Test func flagsSayWhatHadNone() async throws {
        try write("names.txt", "water\nbare soil\n")
        let run = try await draft(
            unet(), "--link", "about=https://example.org", "--asset", "docs=readme.md", "--classes", "names.txt",
            "--value-scaling", "x:min-max:minimum=0,maximum=10000")
        let item = try JSONValue.parse(run.output)
        #expect(item["links"] == [["rel": "about", "href": "https://example.org"]])
        #expect(item["assets"]?["docs"] == ["href": "readme.md"])
        #expect(item["properties"]?["mlm:output"]?[0]?["classification:classes"]?[1]?["description"] == "bare soil")
        #expect(
            item["properties"]?["mlm:input"]?[0]?["value_scaling"] == [
                ["type": "min-max", "minimum": 0, "maximum": 10000]
            ])
        #expect(try DocumentCheck(item).isValid)
    }

    // MARK: - A Collection

    @Test func aCollectionFindsThemToo() async throws {
        _ = try unet("models/a/unet.pt2")
        _ = try unet("models/b/other.pt2")
        try write("models/mlm.yaml", Self.needed + "providers: [{name: Lab}]\n")
        try write("models/a/mlm.yaml", "license: MIT\n")
        try write("models/b/other.mlm.yaml", "id: second\ntitle: The other\n")
        let run = try await draft("--collection", "out", "models", "--final")
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.errors.hasPrefix("mlm-inspect: what is known of models is also taken from "))
        #expect(run.errors.filter { $0 == "\n" }.count == 1)
        let first = try read("out/items/a-unet.json")
        #expect(first["properties"]?["license"] == "MIT" && first["properties"]?["providers"]?[0]?["name"] == "Lab")
        let second = try read("out/items/second.json")
        #expect(second["properties"]?["title"] == "The other" && second["properties"]?["license"] == "Apache-2.0")
        try write("models/a/unet.mlm.yaml", "id: second\n")
        let twice = try await draft("--collection", "out2", "models", "--final")
        #expect(twice.code == 64 && twice.errors.contains("have the same id second"))
        #expect(!exists("out2"))
        _ = try artifact("tf-saved-model/keras_save_2_15", as: "saved")
        try write("saved.mlm.yaml", Self.needed)
        try write("mlm.yaml", "keywords: [of all]\n")
        let model = try await draft("--collection", "out4", "saved")
        #expect(model.code == 0 && model.errors.hasSuffix("from saved.mlm.yaml, mlm.yaml\n"), "\(model.errors)")
        try write("models/mlm.yaml", "title: of all\n")
        #expect(try await draft("--collection", "out3", "models").errors.contains("is for one Item"))
    }

    /// A disk that takes no more, as a limit on the size of files: nothing is lost, and nothing stays that is not whole.
    @Test(arguments: [
        ["--collection", "out", "models"], ["--collection", "there", "--force", "models"],
        ["--merge", "item.json", "-o", "item.json", "--force", "models/unet.pt2"],
        ["-o", "new.json", "models/unet.pt2"], ["--template", "models/unet.pt2"],
    ])
    func aFullDiskLeavesWhatWasThere(_ arguments: [String]) async throws {
        _ = try unet("models/unet.pt2")
        let item = #"{"type": "Feature", "id": "mine"}"#
        try write("item.json", item)
        try FileManager.default.createDirectory(atPath: folder.path("there"), withIntermediateDirectories: true)
        try write("there/collection.json", "{}")
        let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path("")).sorted()
        let run = try await Program.run(
            "/bin/sh",
            ["-c", #"trap "" XFSZ; ulimit -f 1; exec "$@""#, "sh", Program.path.string, "draft"] + arguments,
            in: folder.path(""))
        #expect(run.code == 2, "\(run.errors)")
        #expect(run.errors.contains("cannot be written"), "\(run.errors)")
        #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path("")).sorted() == before)
        #expect(try String(contentsOfFile: folder.path("item.json"), encoding: .utf8) == item)
        #expect(try String(contentsOfFile: folder.path("there/collection.json"), encoding: .utf8) == "{}")
    }

    // MARK: - A template

    /// A template with a value after each word, and no comment signs, is a side file that makes the Item final.
    @Test(arguments: [
        "torch-export/unet.pt2", "onnx/ir_7.onnx", "lightgbm-text/categorical_2_2_3.txt",
        "torch-state-dict/cnn_1_13.pt",
    ])
    func aTemplateIsFilledIn(_ name: String) async throws {
        let model = try artifact(name, as: "m" + (name.lastIndex(of: ".").map { String(name[$0...]) } ?? ""))
        let run = try await draft(model, "--template")
        #expect(run.code == 0, "\(run.errors)")
        let template = try String(contentsOfFile: folder.path("m.mlm.yaml"), encoding: .utf8)
        #expect(try YAMLReader.read(template).isNull)
        #expect(try await draft(model, "--template").code == 64)
        #expect(try await draft(model, "--template", "-o", "-").output.contains("#license:"))
        let filled = template.split(separator: "\n", omittingEmptySubsequences: false).map(Self.filled)
            .joined(separator: "\n")
        try write("m.mlm.yaml", filled)
        let final = try await draft(model, "--final", "-o", "m.json")
        #expect(final.code == 0, "\(final.errors)\n\(filled)")
        let item = try read("m.json")
        #expect(try DocumentCheck(item).isValid)
        #expect(item["properties"]?["license"] == "MIT")
        #expect(item["properties"]?["mlm:input"]?[0]?["description"] == "words")
    }

    private static func filled(_ line: Substring) -> String {
        guard line.hasPrefix("#"), !line.hasPrefix("# ") || line.hasPrefix("#  ") else { return String(line) }
        let text = line.dropFirst()
        guard text.hasSuffix(":") else { return String(text) }
        let word = text.drop { $0 == " " }.dropLast()
        let values = [
            "tasks": "regression", "accelerator": "cuda", "accelerator_constrained": "true", "accelerator_count": "1",
            "memory_size": "1", "batch_size_suggestion": "1", "total_parameters": "1", "pretrained": "true",
            "hyperparameters": "{a: 1}", "license": "MIT", "providers": "[{name: A}]", "doi": "10.1000/182",
            "publications": "[{citation: A}]", "created": "2020-01-01", "updated": "2020-01-01",
            "geometry": "{type: Point, coordinates: [8.5, 47.4]}", "bbox": "[5, 45, 10, 48]", "start": "2015-06-27",
            "end": "..", "links": "[{rel: about, href: a}]", "assets": "{docs: a.md}", "classes": "[a, b]",
            "value_scaling": "{type: scale, value: 2}", "resize_type": "crop", "data_type": "float32",
            "pre_processing_function": "{format: python, expression: a}", "shape": "[-1, 3]",
            "post_processing_function": "{format: python, expression: a}", "dim_order": "[batch, feature]",
            "framework_version": "1.2.3", "inputs": "", "outputs": "", "properties": "{platform: a}",
            "extensions": "https://stac-extensions.github.io/file/v2.1.0/schema.json",
            "cube_dimensions": "{t: {type: temporal, extent: [null, null]}}",
            "cube_variables": "{v: {dimensions: [t]}}",
        ]
        // One moment is in place of a range, and the channels are of no sensor here.
        if ["datetime", "sensor", "bands", "variables"].contains(String(word)) { return String(line) }
        let isName = line.hasPrefix("#  ") && !line.hasPrefix("#    ")
        if !isName, let value = values[String(word)] { return "\(text) \(value)" }
        return isName ? String(text) : "\(text) words"
    }

    /// What an archive carries is offered, and not written.
    @Test(arguments: [
        ("torch-export/several.pt2", "expression: {name: transforms, href: ./m.pt2}}", 1),
        ("torchserve-mar/scripted.mar", "# the handler \"handler.py\" of TorchServe prepares what goes in", 2),
    ])
    func functionsThatAreCarriedAreOffered(_ name: String, _ text: String, _ count: Int) async throws {
        let model = try artifact(name, as: "m" + (name.lastIndex(of: ".").map { String(name[$0...]) } ?? ""))
        let template = try await draft(model, "--template", "-o", "-").output
        #expect(template.replacing("\n# ", with: " ").contains(text.replacing("# ", with: "")), "\(template)")
        let item = try await draft(model).output
        let properties = try #require(JSONValue.parse(item)["properties"])
        let hints = (properties["mlm_inspect:todo"]?.array ?? []).filter {
            $0["hint"]?.string?.contains("{format: ") == true && $0["reason"] == "partly-known"
        }
        #expect(hints.count == count, "\(hints)")
        #expect(properties["mlm:input"]?[0]?["pre_processing_function"] == nil)
        let open = try await draft(model, "--final")
        #expect(open.errors.split(separator: "\n").filter { $0.contains("mlm:input is missing") }.count < 2)
    }

    @Test func aFunctionThatIsSaidIsNotOffered() async throws {
        let model = try artifact("torch-export/several.pt2", as: "several.pt2")
        let function = "{format: torch.export.load, expression: {name: transforms, href: ./several.pt2}}"
        try write("several.mlm.yaml", "inputs: {x: {pre_processing_function: \(function)}}\n")
        let properties = try JSONValue.parse(await draft(model).output)["properties"]
        #expect(properties?["mlm:input"]?[0]?["pre_processing_function"]?["format"] == "torch.export.load")
        let hints = (properties?["mlm_inspect:todo"]?.array ?? []).compactMap { $0["hint"]?.string }
        #expect(!hints.isEmpty && !hints.contains { $0.contains("transforms") })
    }

    // MARK: - Merged

    @Test func anItemIsMergedAndFinal() async throws {
        let model = try unet()
        try write(
            "item.json",
            """
            {
              "type": "Feature",
              "stac_version": "1.1.0",
              "stac_extensions": [],
              "id": "mine",
              "geometry": {"type": "Point", "coordinates": [8.5, 47.4]},
              "properties": {"datetime": "2020-01-01T00:00:00Z", "license": "MIT"},
              "links": [{"rel": "self", "href": "https://example.org/mine.json"}],
              "assets": {}
            }

            """)
        let open = try await draft("--merge", "item.json", "--final", model, "-o", "out.json")
        #expect(open.code == 1 && !exists("out.json"))
        #expect(
            open.errors
                == "mlm-inspect: item.json: /properties/mlm:tasks is missing: a model is searched for by its task; give "
                + "--task NAME\nmlm-inspect: nothing was written, because --final needs these values\n",
            "\(open.errors)")
        try write("unet.mlm.yaml", "tasks: regression\nlicense: Apache-2.0\nlinks: [{rel: about, href: a}]\n")
        let run = try await draft("--merge", "item.json", "--final", model, "-o", "out.json")
        #expect(run.code == 0, "\(run.errors)")
        #expect(
            run.errors.contains(
                "/properties/license: the Item has its own, which is kept; unet.mlm.yaml line 2: license"))
        let item = try read("out.json")
        #expect(item["bbox"] == [8.5, 47.4, 8.5, 47.4])
        #expect(item["properties"]?["license"] == "MIT" && item["properties"]?["mlm:tasks"] == ["regression"])
        #expect(item["properties"]?["mlm:input"]?[0]?["bands"] == [])
        #expect(item["links"]?.array?.compactMap { $0["rel"]?.string } == ["self", "about"])
        #expect(!item.description.contains("mlm_inspect"))
        #expect(try DocumentCheck(item).isValid)
    }

    /// What an earlier draft lists as missing is filled, and its notes are gone.
    @Test func aDraftBecomesFinal() async throws {
        let model = try unet()
        #expect(try await draft(model, "-o", "draft.json").code == 0)
        let open = try await draft("--merge", "draft.json", "--final", model)
        #expect(open.code == 1 && open.errors.filter { $0 == "\n" }.count == 5, "\(open.errors)")
        try write("unet.mlm.yaml", Self.needed)
        let run = try await draft("--merge", "draft.json", "--final", model, "-o", "out.json")
        #expect(run.code == 0, "\(run.errors)")
        let item = try read("out.json")
        #expect(item["properties"]?["start_datetime"] == "2015-06-27T00:00:00Z")
        #expect(!item.description.contains("mlm_inspect"))
        #expect(try DocumentCheck(item).isValid)
        try write("unet.mlm.yaml", Self.needed.replacing("start: 2015-06-27\nend: ..", with: "datetime: 2020-01-01"))
        #expect(try await draft("--merge", "draft.json", "--final", model, "-o", "moment.json").code == 0)
        let moment = try read("moment.json")
        #expect(moment["properties"]?["datetime"] == "2020-01-01T00:00:00Z")
        #expect(moment["properties"]?["start_datetime"] == nil)
    }
}
