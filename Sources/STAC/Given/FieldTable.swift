import ModelFormats

extension Field {
    /// All fields, in the order in which people think: what the model is for, the data it takes, what comes out, who made it,
    /// where and when it applies, and links.
    package static let all = purpose + running + data + people + place + further

    private static let purpose = [
        Field(word: "id", kind: .text, hint: "id of the Item", isOfOneItem: true),
        Field(
            word: "name", kind: .text, hint: "name of the model", property: "mlm:name",
            isOfOneItem: true),
        Field(
            word: "title", kind: .text, hint: "title of the Item", property: "title",
            isNeverEmpty: true,
            isOfOneItem: true),
        Field(
            word: "description", kind: .text, hint: "what it does, on what data, and how well", property: "description"),
        Field(
            word: "tasks", kind: .texts, choices: Tasks.all, hint: "what the model does", property: "mlm:tasks",
            need: "a model is searched for by its task", isNeverEmpty: true),
        Field(
            word: "architecture", kind: .text, hint: "name of the architecture, such as U-Net",
            property: "mlm:architecture",
            need: "it is a placeholder; unknown is an answer, too, when you give it", isNeverEmpty: true),
    ]

    private static let running = [
        Field(
            word: "framework", kind: .text, hint: "framework that made the weights, such as PyTorch",
            property: "mlm:framework"),
        Field(
            word: "framework_version", kind: .version, hint: "version of the framework, such as 2.7.0",
            property: "mlm:framework_version"),
        Field(
            word: "accelerator", kind: .text, choices: MLMRules.accelerators,
            hint: "what it runs on; leave it out when it runs on any processor", property: "mlm:accelerator"),
        Field(
            word: "accelerator_constrained", kind: .bool, hint: "whether it runs on nothing else",
            property: "mlm:accelerator_constrained"),
        Field(
            word: "accelerator_summary", kind: .text, hint: "what the accelerator has to be",
            property: "mlm:accelerator_summary"),
        Field(
            word: "accelerator_count", kind: .whole, hint: "how many accelerators it needs",
            property: "mlm:accelerator_count"),
        Field(
            word: "memory_size", kind: .whole, hint: "memory in bytes that it takes while it runs",
            property: "mlm:memory_size"),
        Field(
            word: "batch_size_suggestion", kind: .whole, hint: "size of a batch that works well",
            property: "mlm:batch_size_suggestion"),
        Field(
            word: "total_parameters", kind: .whole, hint: "number of parameters", property: "mlm:total_parameters"),
        Field(
            word: "pretrained", kind: .bool, hint: "whether its weights were trained", property: "mlm:pretrained"),
        Field(
            word: "pretrained_source", kind: .text, hint: "where the weights that it began with come from",
            property: "mlm:pretrained_source", mayBeNull: true),
        Field(
            word: "hyperparameters", kind: .object, hint: "how it was trained, such as {learning_rate: 0.001}",
            property: "mlm:hyperparameters"),
    ]

    private static let data = [
        Field(
            word: "sensor", kind: .text, choices: Sensor.all.map(\.id),
            hint: "sensor whose bands the channels are, in the order of its product"),
        Field(
            word: "bands", kind: .own("a list of names"), hint: "names of the channels, in order, when they are bands",
            isNeverEmpty: true),
        Field(
            word: "inputs", kind: .own("a mapping from the names of inputs to what is said of each"),
            hint: "what goes in, by the name of the input",
            need: "nobody can tell what goes in", missingKey: "mlm:input"),
        Field(
            word: "outputs", kind: .own("a mapping from the names of outputs to what is said of each"),
            hint: "what comes out, by the name of the output",
            need: "nobody can tell what comes out", missingKey: "mlm:output"),
        Field(
            word: "cube_dimensions", kind: .object,
            hint: "dimensions of the data cube whose variables inputs or outputs list, by their names",
            property: "cube:dimensions"),
        Field(
            word: "cube_variables", kind: .object, hint: "variables of that data cube, by their names",
            property: "cube:variables"),
        Field(
            word: "dim_order", kind: .texts, hint: "names of the dimensions",
            need: "its dimensions have placeholders for names",
            isWithinAnother: true),
    ]

    private static let people = [
        Field(
            word: "license", kind: .text, hint: "SPDX identifier of the licence, such as Apache-2.0",
            property: "license",
            need: "nobody can tell whether it may be used; other is for a licence without an SPDX identifier"),
        Field(
            word: "providers", kind: .list,
            hint: "who made it: name, roles (producer, licensor, processor, host) and url",
            property: "providers"),
        Field(word: "keywords", kind: .texts, hint: "words that it is found by", property: "keywords"),
        Field(word: "doi", kind: .doi, hint: "DOI of the model", property: "sci:doi"),
        Field(word: "citation", kind: .text, hint: "how it should be cited", property: "sci:citation"),
        Field(
            word: "publications", kind: .list, hint: "publications on it, each with doi and citation",
            property: "sci:publications"),
        Field(word: "version", kind: .version, hint: "version of the model", property: "version"),
        Field(word: "deprecated", kind: .bool, hint: "whether there is a better one", property: "deprecated"),
        Field(word: "experimental", kind: .bool, hint: "whether it is an experiment", property: "experimental"),
        Field(word: "created", kind: .moment, hint: "when it was made", property: "created"),
        Field(word: "updated", kind: .moment, hint: "when it was changed last", property: "updated"),
    ]

    private static let place = [
        Field(
            word: "geometry", kind: .own("world, a GeoJSON geometry, or the name of a GeoJSON file beside this one"),
            hint: "where the model applies",
            need: "a catalogue cannot index an Item without a place"),
        Field(
            word: "bbox", kind: .own("a list of four numbers: west, south, east, north"),
            hint: "the box around it, in degrees"),
        Field(
            word: "datetime", kind: .moment, hint: "the moment that it applies to", property: "datetime",
            need: "the dates are placeholders"),
        Field(
            word: "start", kind: .moment, hint: "start of the time that it applies to; .. if it has none",
            property: "start_datetime"),
        Field(
            word: "end", kind: .endOfTime, hint: "end of that time; .. if it has none", property: "end_datetime"),
    ]

    private static let further = [
        Field(
            word: "collection", kind: .text, hint: "id of the Collection that it belongs to"),
        Field(
            word: "href", kind: .text, hint: "where the model is to be found", need: "nobody can fetch it",
            isOfOneItem: true),
        Field(word: "links", kind: .list, hint: "links, each with rel, href, type and title"),
        Field(
            word: "assets", kind: .object, hint: "further files, by key, each with href, type, title and roles"),
        Field(
            word: "extensions", kind: .texts,
            hint: "addresses of the schemas of further extensions, whose fields properties and assets have"),
        Field(
            word: "properties", kind: .object, hint: "any other property of the Item, by its full name"),
    ]
}
