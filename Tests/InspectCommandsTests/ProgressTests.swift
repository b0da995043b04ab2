import Foundation
import MLMInspect
import TestSupport
import Testing

@testable import InspectCommands

/// What a bar says, and that it is never seen where nobody watches.
@Suite struct ProgressTests {
    private func line(
        _ title: String, _ done: Int, _ total: Int?, _ unit: ProgressBar.Unit, _ seconds: Int, width: Int = 100
    ) -> String {
        ProgressLine(title, done: done, total: total, unit: unit, time: .seconds(seconds)).text(width)
    }

    @Test func bytesOfAFile() {
        #expect(
            line("unet.pt2", 500_000_000, 2_000_000_000, .bytes, 1)
                == "unet.pt2  [=======                     ]  25 %  500.0 MB of 2.0 GB  500.0 MB/s  0:03 left")
    }

    @Test func filesOfAFolder() {
        #expect(
            line("models", 1_200, 3_600_000, .files, 1)
                == "models  [                            ]  0 %  1,200 of 3,600,000 files  1,200 files/s  49:59 left")
        #expect(line("models", 10, 36_010, .files, 1).hasSuffix("1:00:00 left"))
        #expect(line("models", 7, nil, .files, 7) == "models  7 files  1 files/s")
    }

    @Test(arguments: 0..<130)
    func itFitsTheTerminal(_ width: Int) {
        for total in [nil, 0, 1, 10_000] {
            #expect(
                line(String(repeating: "long name ", count: 9), 5_000, total, .files, 3, width: width).count <= width)
        }
    }

    @Test func itCannotOverflow() {
        _ = line("a", .max, .max, .bytes, 1)
        _ = line("a", .max, 1, .files, 0)
        _ = line("a", 1, .max, .files, 1)
    }
}
