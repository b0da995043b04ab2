import MLMInspect
import ModelBytes
import ModelFormats

/// A message with the place that it is about: `message (entry at byte 3)`.
enum PlacedText {
    static func text(_ message: String, at place: String?) -> String {
        place.map { "\(message) (\($0))" } ?? message
    }
}

extension Failure {
    var placed: String { PlacedText.text(message, at: self.where) }
}

extension Finding {
    var placed: String { PlacedText.text(message, at: self.where) }
}

extension InspectionError {
    var placed: String { PlacedText.text(message, at: place) }
}
