/// The version of mlm-inspect; it stands here alone.
public let programVersion = "0.1.0"
