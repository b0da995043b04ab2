import ModelContainers
import ModelJSON

/// Inputs, outputs, sensor and bands of a side file.
extension SideReader {
    mutating func readPorts(_ members: JSONObject) throws(GivenError) {
        let sensor = try members["sensor"].map { value throws(GivenError) in
            try self.sensor(value, JSONPointer(["sensor"]))
        }
        var bands = Bands.Group(names: [], sensor: sensor, source: "")
        if let value = members["bands"] {
            let place = JSONPointer(["bands"])
            try readBands(value, place, into: &bands)
            values.sources["bands"] = document.source(place)
            guard bands.computed.isEmpty, bands.described.isEmpty else {
                throw document.wrong(place, "say of which input these bands are: inputs: NAME: bands")
            }
            values.bands = bands.names
        }
        for kind in [GivenPort.Kind.input, .output] {
            let word = kind.rawValue + "s"
            guard let value = members[word] else { continue }
            guard let ports = value.object else {
                throw document.wrong(
                    JSONPointer([word]),
                    "\(word) is \(value.outlined); write a mapping from names to what is said of each")
            }
            for (name, value) in ports {
                values.ports.append(try port(kind, name, value, JSONPointer([word, name]), sensor))
            }
        }
        // It is of the bands that are named, or of the one input that has as many channels.
        let isUsed = values.ports.contains {
            $0.kind == .input && $0.bands?.sensor?.id == sensor?.id && $0.bands != nil
        }
        guard let sensor, !isUsed || !values.bands.isEmpty else { return }
        values.sensor = sensor
        values.sources["sensor"] = "\(document.source(JSONPointer(["sensor"]))) \(sensor.id)"
    }

    private func sensor(_ value: JSONValue, _ place: JSONPointer) throws(GivenError) -> Sensor {
        guard let field = Field.named("sensor"), let sensor = Sensor.named(try text(value, field, place)) else {
            throw document.wrong(place, "there is no such sensor")
        }
        return sensor
    }

    private mutating func port(
        _ kind: GivenPort.Kind, _ name: String, _ value: JSONValue, _ place: JSONPointer, _ sensor: Sensor?
    ) throws(GivenError) -> GivenPort {
        guard let members = value.object else {
            throw document.wrong(place, "\(name) is \(value.outlined); write what is said of it, such as description")
        }
        let fields = kind == .input ? Field.ofInput : Field.ofOutput
        var port = GivenPort(kind, name, by: document.source(place))
        var bands = Bands.Group(kind: kind, port: name, names: [], source: "")
        for (key, value) in members {
            let here = place.appending(key)
            guard let field = fields.first(where: { $0.word == key || $0.property == key }) else {
                throw document.wrong(
                    here,
                    "\(key) is no word of an \(kind.rawValue)\(NearestWord.advice(key, among: fields.map(\.word)))")
            }
            if value.isNull, !field.mayBeNull {
                throw document.wrong(
                    here, "\(field.word) has no value; write \(field.kind.expectation), or remove the line")
            }
            let source = document.source(here)
            switch field.word {
            case "sensor":
                bands.sensor = try self.sensor(value, here)
                bands.source = "\(source) \(bands.sensor?.id ?? "")"
            case "bands":
                try readBands(value, here, into: &bands)
                if bands.source.isEmpty { bands.source = source }
            case "dim_order": port.dimOrder = try texts(value, field, here)
            case "shape", "data_type":
                let tensor = GivenPort.Member(key: field.word, value: try converted(value, field, here), source: source)
                if field.word == "shape" { try follow(MLMTensorRules.shape, value, here) }
                port.tensor.append(tensor)
            default:
                let value = try member(value, field, here)
                try follow(value, of: field.property ?? field.word, kind, here)
                port.members.append(GivenPort.Member(key: field.property ?? field.word, value: value, source: source))
            }
        }
        if !bands.source.isEmpty {
            // The sensor of the model is what its data is of, and not what comes out.
            if bands.sensor == nil, kind == .input { bands.sensor = sensor }
            port.bands = bands
        }
        try order(&port, place)
        return port
    }

    /// MLM calls a dimension `bands` whose bands are listed, and `variables` likewise; which one that is, `channel` and
    /// `variable` say until they are.
    private mutating func order(_ port: inout GivenPort, _ place: JSONPointer) throws(GivenError) {
        guard var names = port.dimOrder, let name = port.name else { return }
        let here = place.appending("dim_order")
        let isOfAll = port.kind == .input && (document.root["sensor"] ?? document.root["bands"]) != nil
        let listsVariables = port.members.contains { $0.key == CubeVariables.word }
        for (list, other, isSaid) in [
            ("bands", "channel", port.bands != nil || isOfAll), (CubeVariables.word, "variable", listsVariables),
        ] {
            guard let position = names.firstIndex(of: list) else { continue }
            guard isSaid else {
                let remedy = list == "bands" ? "add bands or sensor" : "add variables"
                throw document.wrong(
                    here, "a dimension is called \(list) when they are listed; \(remedy), or write \(other)")
            }
            names[position] = other
        }
        guard DimensionNames.isValid(names, rank: names.count) else {
            throw document.wrong(here, "names of dimensions are of small letters, - and _, and no two alike")
        }
        port.dimOrder = names
        values.dimOrders.append(DimensionOrders.Given(port.kind, name, names, by: document.source(here)))
    }

    // MARK: - Members

    private func member(_ value: JSONValue, _ field: Field, _ place: JSONPointer) throws(GivenError) -> JSONValue {
        switch field.word {
        case "value_scaling": try scaling(value, place)
        case "classes": try classes(value, place)
        case CubeVariables.word: try variables(value, place)
        default: try converted(value, field, place)
        }
    }

    /// One scaling, one for each channel, or lists of numbers for all channels.
    private func scaling(_ value: JSONValue, _ place: JSONPointer) throws(GivenError) -> JSONValue {
        guard value.object != nil || value.array != nil || value.isNull else {
            let word = place.tokens.joined(separator: ".")
            throw document.wrong(
                place, "\(word) is \(value.outlined); write a mapping with a type, as {type: scale, value: 10000}")
        }
        guard let one = value.object else { return value }
        guard let scalings = ValueScaling.spread(one) else {
            throw document.wrong(place, "the lists of numbers are not of one length")
        }
        return .array(scalings)
    }

    private func classes(_ value: JSONValue, _ place: JSONPointer) throws(GivenError) -> JSONValue {
        if let members = value.object {
            var classes: [JSONValue] = []
            for (key, label) in members {
                guard let number = Int(key), let label = label.string, !label.isEmpty else {
                    throw document.wrong(
                        place.appending(key), "\(key): \(label.outlined) is no class; write a whole number and its name"
                    )
                }
                classes += Classes.draft([label], values: [number])
            }
            return .array(classes)
        }
        guard let elements = value.array, !elements.isEmpty else {
            throw document.wrong(
                place, "classes is \(value.outlined); write a list of names, or a mapping from values to names")
        }
        let labels = elements.compactMap(\.string)
        if labels.count == elements.count { return .array(Classes.draft(labels, values: nil)) }
        var classes: [JSONValue] = []
        for (index, element) in elements.enumerated() {
            guard var one = element.object else {
                throw document.wrong(
                    place.appending(index), "a class is \(element.outlined), and others are not; write all in one way")
            }
            // What the later versions of the extension leave out is wanted by the one that MLM refers to.
            if one["description"] == nil { one["description"] = one["title"] ?? one["name"] }
            classes.append(.object(one))
        }
        return .array(classes)
    }

    private func variables(_ value: JSONValue, _ place: JSONPointer) throws(GivenError) -> JSONValue {
        guard let elements = value.array, !elements.isEmpty else {
            throw document.wrong(place, "variables is \(value.outlined); write a list of names")
        }
        return value
    }

    private func readBands(
        _ value: JSONValue, _ place: JSONPointer, into group: inout Bands.Group
    ) throws(GivenError) {
        guard let elements = value.array, !elements.isEmpty else {
            throw document.wrong(place, "bands is \(value.outlined); write a list of names")
        }
        for (index, element) in elements.enumerated() {
            let here = place.appending(index)
            if let name = element.string, !name.isEmpty {
                group.names.append(name)
                continue
            }
            guard let band = element.object, let name = band["name"]?.string, !name.isEmpty else {
                throw document.wrong(here, "a band is \(element.outlined); write its name, with quotes around a number")
            }
            group.names.append(name)
            let own = band.filter { ["format", "expression"].contains($0.key) }
            let others = band.filter { !["name", "format", "expression"].contains($0.key) }
            if !own.isEmpty {
                group.computed[name] = .object(JSONObject([("name", .string(name))] + own.map { ($0.key, $0.value) }))
            }
            for key in others.map(\.key) where !Self.bandWords.contains(key) && !key.hasPrefix("eo:") {
                throw document.wrong(
                    here.appending(key), "\(key) is no word of a band\(NearestWord.advice(key, among: Self.bandWords))")
            }
            if !others.isEmpty { group.described[name] = JSONObject(others.map { ($0.key, $0.value) }) }
            let described = JSONValue.object(JSONObject([("name", .string(name))] + others.map { ($0.key, $0.value) }))
            try follow(CommonMetadata.bands, [described], here, wrappedIn: 1)
            try follow(EORules.fields, described, here)
        }
    }

    private static let bandWords = ["name", "format", "expression"] + CommonMetadata.words

    // MARK: - Rules

    /// By the rule that MLM has for the member of an input or output.
    private func follow(
        _ value: JSONValue, of member: String, _ kind: GivenPort.Kind, _ place: JSONPointer
    ) throws(GivenError) {
        let rule = kind == .input ? MLMTensorRules.inputs : MLMTensorRules.outputs
        var report = CheckReport(most: 32)
        rule.check([[member: value]], &report)
        let frame = JSONPointer(["0", member])
        for found in report.violations {
            guard let within = JSONPointer(found.pointer), within.isWithin(frame) else { continue }
            let deepest = JSONPointer(place.tokens + within.tokens.dropFirst(2))
            throw document.wrong(deepest, "\(deepest.tokens.joined(separator: ".")) \(found.message)")
        }
    }
}
