import ModelBytes

/// The version of mlm-inspect: `MLMInspect.version`.
public let version = programVersion
