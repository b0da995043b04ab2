// What a client of the library can name with `import MLMInspect` alone: `Inspector`, `Record`, `Scan`, and every type that
// their public members have. Nothing else of these modules is exported.

@_exported public import struct ModelBytes.Artifact
@_exported public import struct ModelBytes.ByteSource
@_exported public import struct ModelBytes.InspectionError
@_exported public import struct ModelBytes.Limits
@_exported public import class ModelContainers.HDF5Reader
@_exported public import struct ModelFormats.DynamicDimension
@_exported public import struct ModelFormats.EmbeddedMetadata
@_exported public import struct ModelFormats.Feature
@_exported public import struct ModelFormats.FieldProvenance
@_exported public import struct ModelFormats.FileMember
@_exported public import struct ModelFormats.Finding
@_exported public import struct ModelFormats.Fingerprint
@_exported public import struct ModelFormats.GraphNode
@_exported public import struct ModelFormats.Listing
@_exported public import struct ModelFormats.Loading
@_exported public import struct ModelFormats.ModelFacts
@_exported public import struct ModelFormats.Parameters
@_exported public import struct ModelFormats.Port
@_exported public import struct ModelFormats.Producer
@_exported public import struct ModelFormats.Signature
@_exported public import struct ModelFormats.StoredTensor
@_exported public import struct ModelJSON.JSONNumber
@_exported public import struct ModelJSON.JSONObject
@_exported public import struct ModelJSON.JSONPointer
@_exported public import enum ModelJSON.JSONValue
@_exported public import struct STAC.Draft
@_exported public import struct STAC.Gap
@_exported public import struct STAC.Item
@_exported public import struct STAC.ItemProvenance
@_exported public import struct STAC.ItemSource
