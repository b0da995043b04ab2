import Foundation
import ModelBytes
import ModelContainers
import ModelJSON
import Testing

@testable import STAC

/// Every key that the official schemas know can be said in a side file. The schemas lie beside the clone, if at all.
@Suite(.enabled(if: SchemaWalk.isPossible)) struct SideFileSchemaTests {
    /// What the side file with every word does not say yet.
    private static let more = """
        assets:
          model:
            title: weights
            description: all of them
            compile_method: jit
            created: 2020-01-01
            updated: 2020-01-01
            data_type: float32
            nodata: nan
            unit: "1"
            statistics: {minimum: 0, maximum: 1, mean: 0.5, stddev: 0.1, count: 9, valid_percent: 100}
            "file:byte_order": little-endian
            "file:checksum": "1220\(String(repeating: "ab", count: 32))"
            "file:header_size": 8
            "file:local_path": weights/unet.pt2
            "file:values": [{values: [1], summary: one}]
            "raster:bands":
              - data_type: float32
                unit: "1"
                bits_per_sample: 32
                sampling: area
                nodata: 0
                scale: 1
                offset: 0
                spatial_resolution: 10
                statistics: {mean: 1, minimum: 0, maximum: 2, stddev: 1, valid_percent: 100}
                histogram: {count: 3, min: 0, max: 2, buckets: [1, 1, 1]}
            "classification:bitfields":
              - offset: 0
                length: 1
                name: cloud
                description: cloud
                roles: [cloud]
                classes: [{value: 0, name: clear, description: none, color_hint: 00ff00}]
            "classification:classes": [{value: 0, name: clear, description: clear, color_hint: 0000ff}]
            "ml-aoi:role": feature
            "ml-aoi:reference-grid": true
            "ml-aoi:resampling-method": near
          source_code:
            href: https://example.org/code
            type: text/html
            roles: [mlm:source_code, code]
            entrypoint: fields:UNet
        links:
          - rel: derived_from
            href: https://example.org/search
            type: application/json
            title: training data
            method: POST
            headers: {Accept: application/json}
            body: {limit: 1}
            "ml-aoi:split": train
        providers: [{name: Lab, description: a lab, roles: [producer], url: "https://example.org"}]
        properties:
          platform: sentinel-2a
          instruments: [msi]
          mission: sentinel
          constellation: sentinel-2
          gsd: 10
          "eo:cloud_cover": 3
          "eo:snow_cover": 0
          "processing:expression": {format: python, expression: a}
          "processing:lineage": trained
          "processing:level": L2
          "processing:facility": Lab
          "processing:software": {torch: "2"}
        inputs:
          x:
            bands: [{name: a, "eo:common_name": red, "eo:center_wavelength": 1, "eo:full_width_half_max": 1,
              "eo:solar_illumination": 1}, b, c, d, e, f, g, h, i, j, k, l,
              {name: m, format: python, expression: "fields.prepare:ratio"}]
            value_scaling: [{type: scale, value: 2}]
            pre_processing_function: {format: python, expression: a, description: b}
          climate:
            shape: [-1, 1, 8, 8]
            dim_order: [time, variables, height, width]
            data_type: float32
            variables: [t2m]
            value_scaling: [{type: processing, format: python, expression: a, description: b}]
        outputs:
          conv2d_8:
            classes: [{value: 0, name: water, description: water, color_hint: 0000ff}]
            post_processing_function: {format: python, expression: a, description: b}
          anomaly:
            shape: [-1, 1, 8, 8]
            dim_order: [time, variables, height, width]
            data_type: float32
            variables: [{name: t2m, format: python, expression: a}]
        cube_dimensions:
          time: {type: temporal, description: a, values: [a], extent: [null, null], step: null}
          x: {type: spatial, axis: x, description: a, extent: [0, 1], values: [1], step: 1, reference_system: 4326}
          z: {type: spatial, axis: z, description: a, extent: [0, 1], values: [1], step: 1, unit: m,
              reference_system: WKT}
          level: {type: pressure, description: a, extent: [0, 1], values: [1], step: 1, unit: m,
              reference_system: a, dimensions: [a]}
          place: {type: geometry, axes: [x], description: a, bbox: [0, 0, 1, 1], values: [a], geometry_types: [Point],
              reference_system: a}
        cube_variables:
          t2m: {variable_type: data, description: a, dimensions: [time], values: [1], extent: [0, null], unit: K,
              nodata: nan, data_type: float32}
          wind: {dimensions: [time]}
        """

    /// The document of both: no side file can say `sensor` and other bands of the same input.
    private static func documents() throws -> [JSONValue] {
        var whole = try #require(YAMLReader.read(SideFileTests.whole).object)
        for (key, value) in try #require(YAMLReader.read(more).object) {
            var members = whole[key]?.object ?? [:]
            for (member, value) in value.object ?? [:] { members[member] = value }
            whole[key] = value.object == nil ? value : .object(members)
        }
        whole["sensor"] = nil
        return try [SideFileTests.whole, JSONValue.object(whole).write(pretty: true)].enumerated().map {
            try SideFileTests.unet(SideFileTests.read($1, isJSON: $0 == 1)).json(isFinal: true)
        }
    }

    @Test(arguments: [
        ("mlm-v1.5.2", "/$defs/fields"), ("scientific-v1.0.0", "/definitions/fields"),
        ("version-v1.2.0", "/definitions/fields"), ("file-v2.1.0", "/definitions/fields"),
        ("processing-v1.1.0", "/definitions/fields"), ("classification-v1.1.0", "/definitions/fields"),
        ("eo-v2.0.0", "/definitions/fields"), ("raster-v1.1.0", "/definitions/assetfields"),
        ("datacube-v2.3.0", "/definitions/fields"), ("ml-aoi-v0.2.0", "/definitions/fields"),
    ])
    func everyFieldOfAnExtensionCanBeSaid(_ name: String, _ place: String) throws {
        var walk = SchemaWalk()
        walk.walk("extensions/\(name).json", place, try holders(of: Self.documents()))
        #expect(walk.missing == [])
        #expect(walk.count > 2)
    }

    @Test(arguments: ["basics", "bands", "data-values", "datetime", "instrument", "licensing", "provider"])
    func commonMetadataCanBeSaid(_ name: String) throws {
        var walk = SchemaWalk()
        walk.walk("stac-v1.1.0/\(name).json", "", try holders(of: Self.documents()))
        #expect(walk.missing == [] && walk.count > 0)
    }

    @Test func linksAndAssetsCanBeSaid() throws {
        var walk = SchemaWalk()
        let documents = try Self.documents()
        walk.walk("stac-v1.1.0/item.json", "/definitions/link", documents.flatMap { $0["links"]?.array ?? [] })
        walk.walk(
            "stac-v1.1.0/item.json", "/definitions/asset",
            documents.flatMap { $0["assets"]?.object?.map(\.value) ?? [] })
        #expect(walk.missing == [] && walk.count > 0)
    }

    /// Whatever can have fields of extensions.
    private func holders(of documents: [JSONValue]) -> [JSONValue] {
        documents.flatMap { document in
            let assets = document["assets"]?.object?.map(\.value) ?? []
            let bands = document["properties"]?["bands"]?.array ?? []
            return [document["properties"]].compactMap(\.self) + assets + bands + (document["links"]?.array ?? [])
        }
    }
}

/// Looks for every key that a schema names in the values that the schema is for.
private struct SchemaWalk {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/schemas")
    static let isPossible = FileManager.default.fileExists(atPath: folder.path(percentEncoded: false))

    /// Keys that none of the values has.
    private(set) var missing: [String] = []
    private(set) var count = 0
    private var seen: Set<String> = []

    mutating func walk(_ file: String, _ place: String, _ values: [JSONValue]) { walk(file, place, values, "") }

    private mutating func walk(_ schema: JSONValue, in file: String, _ values: [JSONValue], _ path: String) {
        if let reference = schema["$ref"]?.string { follow(reference, in: file, values, path) }
        for (key, member) in schema["properties"]?.object ?? [:] where member != false {
            count += 1
            let found = values.compactMap { $0[key] }
            guard !found.isEmpty else {
                missing.append("\(path)/\(key)")
                continue
            }
            walk(member, in: file, found, "\(path)/\(key)")
        }
        if let items = schema["items"] { walk(items, in: file, values.flatMap { $0.array ?? [] }, path) }
        if let others = schema["additionalProperties"], others.object != nil {
            walk(others, in: file, values.flatMap { $0.object?.map(\.value) ?? [] }, path)
        }
        for word in ["allOf", "anyOf", "oneOf"] {
            for part in schema[word]?.array ?? [] { walk(part, in: file, values, path) }
        }
    }

    /// Within the file, or to that of another extension; what refers to itself is walked once.
    private mutating func follow(_ reference: String, in file: String, _ values: [JSONValue], _ path: String) {
        let parts = reference.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, seen.insert("\(file) \(path) \(reference)").inserted, seen.count < 1_000 else {
            return
        }
        guard !parts[0].isEmpty else { return walk(file, parts[1], values, path) }
        let address = parts[0].split(separator: "/").map(String.init)
        guard address.contains("stac-extensions.github.io"), address.count > 3 else { return }
        let name = "\(address[address.count - 3])-\(address[address.count - 2])"
        walk("extensions/\(name).json", parts[1], values, path)
    }

    private mutating func walk(_ file: String, _ place: String, _ values: [JSONValue], _ path: String) {
        guard let data = try? Data(contentsOf: Self.folder.appending(path: file)),
            let root = try? JSONValue.parse(Array(data)), let pointer = JSONPointer(place), let schema = root[pointer]
        else {
            missing.append("\(file)#\(place)")
            return
        }
        walk(schema, in: file, values, path)
    }
}
