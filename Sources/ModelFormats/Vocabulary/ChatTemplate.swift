/// A template of Jinja that turns a conversation into a prompt.
enum ChatTemplate {
    static func report(at place: String, into result: inout ProbeResult) {
        result.report(
            .note, code: "model.chat-template",
            "it has a chat template, a program of Jinja that the loading library runs for every conversation", at: place
        )
    }
}
