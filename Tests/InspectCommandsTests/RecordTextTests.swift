import Foundation
import MLMInspect
import ModelFormats
import ModelJSON
import TestSupport
import Testing

@testable import InspectCommands

/// The text of an inspection: short enough for a screen, and nothing lost.
@Suite struct RecordTextTests {
    private static let plain = TextStyle(isColoured: false)

    private static func text(_ record: Record, width: Int = 80, isLong: Bool = false) -> String {
        RecordText(record, .init(style: plain, width: width, isLong: isLong)).text
    }

    private static func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    /// The records of all artifacts, as they are kept beside them.
    private static let records: [Record] = TestArtifact.all.compactMap { artifact in
        guard let json = try? TestArtifact.json(artifact.expectedURL) else { return nil }
        return try? JSONValueDecoder().decode(Record.self, from: json)
    }

    /// As many of them as a test can go through at several widths.
    private static let sample = records.enumerated().filter { $0.offset % 7 == 0 }.map(\.element)

    @Test func aModelFitsAScreen() throws {
        let counts = Self.records.filter { $0.verdict == .model }.map { Self.lines(Self.text($0)).count }.sorted()
        try #require(counts.count > 800)
        #expect(counts[counts.count / 2] <= 40)
        #expect(counts[counts.count * 9 / 10] <= 60)
    }

    /// Only what cannot be broken is wider than the terminal: a part of a call, and a text within JSON.
    @Test(arguments: [20, 40, 60, 80, 120])
    func linesFitTheTerminal(_ width: Int) {
        for record in Self.sample {
            let text = Self.text(record, width: width)
            let upToDraft = text.range(of: "\nDraft: ").map { text[..<$0.lowerBound] } ?? text[...]
            let call = record.loading?.call ?? ""
            let flags = record.draft.map { MissingText.rows($0, room: width).flatMap(\.flags) } ?? []
            let whole =
                [DraftLine.word(record) ?? ""] + flags + ["mlm-inspect draft", "--license ID", "--bbox W,S,E,N"]
            for line in upToDraft.split(separator: "\n") where DisplayWidth.of(line) > width {
                let part = String(line.trimmingPrefix("  Load with").drop { $0 == " " })
                let word = part.hasSuffix(" \\") ? String(part.dropLast(2)) : part
                #expect(call.contains(part) || whole.contains(word), "\(record.path): \(line)")
            }
        }
    }

    /// An order of dimensions has as many names as there are dimensions, and none that is not known.
    @Test func anOrderOfDimensionsHasAllAxes() throws {
        var seen = 0
        for record in Self.records {
            guard let draft = record.draft else { continue }
            for gap in draft.gaps where gap.pointer.hasSuffix("/dim_order") {
                let port = try #require(GapPort(gap, in: draft.properties))
                let tensor = draft.properties.first { gap.pointer.hasPrefix("/properties/\($0.key)/") }?.value[
                    Int(gap.pointer.split(separator: "/")[2]) ?? 0]
                let shape = (tensor?["input"] ?? tensor?["result"])?["shape"]?.array
                #expect(port.axes.count == shape?.count, "\(record.path)")
                #expect(port.axes.contains("AXIS") && !port.axes.contains { $0.hasPrefix("dim-") }, "\(record.path)")
                let flag = GapFlags.flag(for: gap, in: draft.properties) ?? ""
                #expect(flag.hasSuffix("=" + port.axes.joined(separator: ",")), "\(record.path): \(flag)")
                seen += 1
            }
        }
        #expect(seen > 500)
    }

    /// A draft that lacks nothing says so, and what an Item needs beside it.
    @Test func nothingIsMissing() {
        let complete = Self.records.filter { $0.draft?.gaps.isEmpty == true && $0.loading?.verdict != .dangerous }
        #expect(complete.count > 50)
        for record in complete {
            #expect(Self.text(record).contains("Missing       nothing; an Item also needs a place"), "\(record.path)")
        }
    }

    /// A shell takes the lines of the command for one.
    @Test(arguments: [20, 40, 80, 120])
    func theCommandCanBePasted(_ width: Int) throws {
        for record in Self.sample {
            guard let draft = record.draft, let word = DraftLine.word(record) else { continue }
            let lines = Self.text(record, width: width).components(separatedBy: "\n")
            // On a narrow terminal the name of the program has a line of its own.
            let first = try #require(
                lines.firstIndex { $0.contains("mlm-inspect draft") || $0.hasSuffix(" mlm-inspect \\") },
                "\(record.path)")
            let last = try #require(lines[first...].firstIndex { !$0.hasSuffix(" \\") })
            let command = lines[first...last]
                .map { ($0.hasSuffix(" \\") ? $0.dropLast(2) : $0[...]).drop { $0 == " " } }
                .joined(separator: " ").trimmingPrefix("Draft with").drop { $0 == " " }
            #expect(command.hasPrefix("mlm-inspect draft \(word)"), "\(record.path): \(command)")
            let isTaskMissing = draft.gaps.contains { $0.pointer == "/properties/mlm:tasks" }
            #expect(command.contains(" --task NAME") == isTaskMissing, "\(record.path): \(command)")
        }
    }

    @Test func aCommandIsBrokenOutsideOfQuotes() {
        let command = "mlm-inspect draft 'b c'\\''d e' --task NAME --license ID"
        #expect(
            WrappedText.command(command, room: 24) == [
                "mlm-inspect draft \\", "'b c'\\''d e' \\", "--task NAME \\", "--license ID",
            ])
    }

    @Test func namesAreLeftOutOnlyWhereTheyTakeMoreThanALine() {
        let names = (1...12).map { "column\($0)" }
        #expect(NameList.text(names, most: 8, room: 60) == names.joined(separator: ", "))
        #expect(
            NameList.text(names, most: 8, room: 30) == names.prefix(8).joined(separator: ", ") + ", … 4 more (-v)")
        #expect(NameList.text(names, most: 8, room: 0, hint: "").hasSuffix(", … 4 more"))
        let sheet = Sheet(style: Self.plain, width: 80, mostLines: 4)
        let long = (1...9).map { "package.module\($0)." + String(repeating: "x", count: 40) }
        #expect(sheet.fitting(long, of: 9) == long.prefix(2).joined(separator: ", ") + ", … 7 more (-v)")
        #expect(sheet.fitting(Array(long.prefix(4)), of: 4) == long.prefix(4).joined(separator: ", "))
    }

    /// What stands in a model's place says so once.
    @Test func aPointerIsSaidOnce() throws {
        let record = try #require(Self.records.first { $0.cause == "git-lfs-pointer" })
        let text = Self.text(record)
        #expect(text.components(separatedBy: "ointer").count == 3, "its name and what it is: \(text)")
        #expect(text.components(separatedBy: "model").count == 3, "\(text)")
        #expect(text.contains("git lfs pull"))
    }

    /// What stands there can be pasted: both blocks are the draft, but for what a remark names.
    @Test(arguments: [20, 80, 120])
    func theDraftIsJSON(_ width: Int) throws {
        for record in Self.sample {
            guard let draft = record.draft else { continue }
            let text = Self.text(record, width: width)
            let blocks = text.components(separatedBy: "\n\nDraft: ").dropFirst().map {
                Self.json(of: $0)
            }
            try #require(blocks.count == 2, "\(record.path)")
            #expect(try JSONValue.parse(blocks[0]) == .object(draft.asset), "\(record.path)")
            let shown = try #require(try JSONValue.parse(blocks[1]).object)
            for (key, value) in draft.properties where shown[key] != value {
                #expect(shown[key] == nil, "\(record.path): \(key)")
                let remark = text.components(separatedBy: "Left out above").last?.replacing("\n  ", with: " ") ?? ""
                #expect(width < 80 || remark.contains(key), "\(record.path): \(key)")
            }
        }
    }

    private static func json(of block: String) -> String {
        let lines = block.split(separator: "\n", omittingEmptySubsequences: false).drop { !$0.hasPrefix("{") }
        let end = lines.firstIndex { $0.hasPrefix("Left out") } ?? lines.endIndex
        return lines[..<end].joined(separator: "\n")
    }

    /// Nothing is lost: the long text has every source, finding, setting, file, program and pointer.
    @Test func theLongTextHasEverything() {
        for record in Self.sample {
            let text = Self.text(record, width: 1_000_000, isLong: true)
            var parts =
                (record.evidence ?? []).map(\.where) + (record.findings ?? []).flatMap { [$0.message, $0.code] }
            parts += (record.files ?? []).map(\.path) + (record.facts?.signatures ?? []).map(\.name)
            parts += record.draft?.gaps.map(\.hint) ?? []
            parts += (record.facts?.hyperparameters?.keys ?? []) + (record.facts?.metadata?.keys ?? [])
            parts += [record.facts?.parameters?.counting].compactMap(\.self)
            for part in parts where !text.contains(TextStyle.inert(part)) { Issue.record("\(record.path): \(part)") }
            if let draft = record.draft {
                #expect(text.contains(JSONValue.object(draft.properties).write(pretty: true)))
            }
        }
    }

    /// Nobody is to paste a call that runs something.
    @Test(arguments: [false, true])
    func aDangerousArtifactHasNoCall(_ isLong: Bool) {
        let text = Self.text(SampleRecords.dangerous("evil.pkl"), isLong: isLong)
        #expect(!text.contains("pickle.load"))
        #expect(text.contains("dangerous"))
        #expect(text.contains("imports os.system"))
        for record in Self.records where record.loading?.verdict == .dangerous {
            #expect(!Self.text(record, isLong: isLong).contains("Load with"), "\(record.path)")
        }
    }

    @Test(arguments: [("a", 100_000), ("日本語", 5_000), ("x ", 5_000)])
    func longNamesAreLegible(_ part: String, _ count: Int) {
        let name = String(repeating: part, count: count)
        for width in [20, 80] {
            let text = Self.text(SampleRecords.hostile(name), width: width)
            let upToDraft = text.components(separatedBy: "\nDraft: ").first ?? ""
            #expect(Self.lines(upToDraft).count < 110 * max(1, 80 / width))
            for line in Self.lines(upToDraft) where !name.contains(line.suffix(30)) {
                #expect(DisplayWidth.of(line) <= width, "\(line.prefix(200))")
            }
        }
    }

    /// Whatever an artifact is called, a line is a line and nothing moves the cursor.
    @Test(arguments: SampleRecords.hostileTexts)
    func everythingIsInert(_ hostile: String) {
        for isLong in [false, true] {
            let text = Self.text(SampleRecords.hostile(hostile), isLong: isLong)
            #expect(
                text.unicodeScalars.allSatisfy { scalar in
                    scalar == "\n" || ![.control, .format, .lineSeparator].contains(scalar.properties.generalCategory)
                })
        }
    }

    @Test func theVerdictHasItsColour() {
        let coloured = TextStyle(isColoured: true)
        func text(_ verdict: Loading.Verdict) -> String {
            var record = SampleRecords.model("a.pt")
            record.loading = Loading(verdict)
            return RecordText(record, .init(style: coloured, width: 80)).text
        }
        #expect(text(.dataOnly).contains("\u{1B}[32mdata only"))
        #expect(text(.needsCode).contains("\u{1B}[33mneeds code"))
        #expect(text(.incomplete).contains("\u{1B}[33mincomplete"))
        #expect(text(.dangerous).contains("\u{1B}[31mdangerous"))
    }

    @Test func callsAreBrokenWithinBrackets() {
        let call = "with globals([A, B]): loaded = load(\"a file\", weights_only=True)"
        #expect(
            WrappedText.call(call, room: 30) == [
                "with globals([A,", "B]): loaded = load(\"a file\",", "weights_only=True)",
            ])
        #expect(WrappedText.call("f( 'a (b', c)", room: 4) == ["f(", "'a (b',", "c)"])
        #expect(WrappedText.words("aaaaaaaa bb", room: 5) == ["aaa", "aaa", "aa", "bb"])
    }

    @Test(
        arguments: [60, 80, 120],
        [
            "torch-export/unet.pt2", "hostile/torch_system.pt", "torch-module/cnn_1_13.pt", "huggingface/vit_classes",
            "keras-v3/layers_3_15.keras", "onnx-ort/ort_fixed.ort", "hostile/truncated_torch.pt",
        ])
    func theTextIsAsBefore(_ width: Int, _ name: String) throws {
        let artifact = try #require(TestArtifact.all.first { $0.description == name })
        let json = try TestArtifact.json(artifact.expectedURL)
        let record = try JSONValueDecoder().decode(Record.self, from: json)
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Snapshots/text/\(name.replacing("/", with: "-"))-\(width).txt")
        if let difference = try ExpectedText.difference(Self.text(record, width: width), file) {
            Issue.record("\(difference)")
        }
    }

    @Test func thePipeIsAsWideAsCOLUMNS() async throws {
        let artifact = try #require(TestArtifact.all.first { $0.description == "torch-export/unet.pt2" })
        let record = try JSONValueDecoder().decode(Record.self, from: TestArtifact.json(artifact.expectedURL))
        let folder = artifact.url.deletingLastPathComponent().path(percentEncoded: false)
        for (columns, width) in [("60", 60), ("", 80), ("1", 20), ("9999", 120)] {
            let run = try await Program.run("unet.pt2", environment: ["COLUMNS": columns], in: folder)
            #expect(run.output == Self.text(record, width: width), "COLUMNS=\(columns)")
        }
    }

    /// As `file` has it: a line each, whatever their names are.
    @Test func briefIsALine() async throws {
        for record in Self.records + SampleRecords.hostileTexts.map(SampleRecords.hostile) {
            let line = BriefText.line(record, style: Self.plain)
            #expect(line.hasSuffix("\n") && line.dropLast().allSatisfy { !$0.isNewline })
        }
        let path = TestArtifact.root.appending(path: "torch-export/unet.pt2").path(percentEncoded: false)
        let run = try await Program.run("--brief", path)
        #expect(
            run.output == "\(path): PyTorch ExportedProgram, UNet, PyTorch 2.13.0+cpu, "
                + "float32[-1,13,64,64] → float32[-1,5,64,64], 12.4k parameters, data only\n")
    }
}
