import SystemPackage

/// Where a template is written: beside the model, unless a flag says otherwise.
struct TemplatePlace: OutputSettings {
    /// Nil for standard output.
    let output: String?
    let force: Bool
    let compact = false
    let color = ColorChoice.never

    init(_ artifact: ArtifactPath, _ options: OutputOptions) {
        force = options.force
        switch options.file.outputFile {
        case "-": output = nil
        case let path?: output = path
        case nil: output = artifact.isStandardInput ? nil : Self.beside(artifact.path)
        }
    }

    /// What the file is called.
    var name: String { output.flatMap { FilePath($0).lastComponent?.string } ?? "MODEL.mlm.yaml" }

    /// `unet.mlm.yaml` of `unet.pt2`, where it is found without being named.
    private static func beside(_ path: String) -> String {
        let model = FilePath(path).lexicallyNormalized()
        // The dot in the name of a folder begins no extension.
        let isFolder = (try? Stat(model))?.type == .directory
        let stem = (isFolder ? model.lastComponent?.string : model.stem) ?? model.string
        return model.removingLastComponent().appending(stem + ".mlm.yaml").string
    }
}
