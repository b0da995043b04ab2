/// What both pages begin and end with.
enum PageFrame {
    /// `title` stands before the paths.
    static func head(_ title: String, styles: [String], scripts: [String], bodyClass: String) -> HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="\(ContentPolicy.text(styles: styles, scripts: scripts))">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="mlm-inspect \(MLMInspectCommand.version)">
        <title>\(title)</title>
        \(styles.map { "<style>\(resource: $0)</style>\n" as HTML })</head>
        <body class="\(bodyClass)">

        """
    }

    static func tail(scripts: [String]) -> HTML {
        """
        <footer>
        <p>Made by mlm-inspect \(MLMInspectCommand.version). Nothing of the artifacts was run. \
        What an artifact does not say is missing, never guessed.</p>
        </footer>
        <p id="copy-status" class="unseen" role="status"></p>
        \(scripts.map { "<script>\(resource: $0)</script>\n" as HTML })</body>
        </html>

        """
    }
}
