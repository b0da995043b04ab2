public import ModelBytes
public import ModelFormats
public import STAC

// What a caller of the library names beside `Inspector` and `Record`, so that one import is enough.

public typealias Artifact = ModelBytes.Artifact
public typealias Draft = STAC.Draft
public typealias InspectionError = ModelBytes.InspectionError
public typealias Limits = ModelBytes.Limits
public typealias ModelFacts = ModelFormats.ModelFacts
