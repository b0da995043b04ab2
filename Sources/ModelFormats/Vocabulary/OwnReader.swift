import ModelContainers

/// The loader of a format, and what the format has looked at as that loader reads it: of that no other reader is asked.
package struct OwnReader: Hashable, Sendable {
    /// In a word: `torch`, `joblib`; nil for the framework's name in lower case.
    package let name: String?
    /// Whether it is an unpickler that begins at the first byte, so that the format has looked at what it runs.
    package let runsPickle: Bool
    /// Whether the format looks at every member of its archive.
    package let seesMembers: Bool
    /// Names of the members that the format looks at, in lower case: the loader may find them whatever their case.
    package let members: Set<String>
    /// How names of members begin that are read as numbers, and by nobody as anything else.
    package let payload: [String]
    /// The extension by which the loader takes a file for an archive and looks for its end, so that other bytes may stand
    /// before it; nil where the first bytes decide.
    package let extensionOfPrefixed: String?

    /// A loader that nothing is known of, unless it is said.
    package init(
        _ name: String? = nil, runsPickle: Bool = false, seesMembers: Bool = false, members: Set<String> = [],
        payload: [String] = [], extensionOfPrefixed: String? = nil
    ) {
        self.name = name
        self.runsPickle = runsPickle
        self.seesMembers = seesMembers
        self.members = members
        self.payload = payload
        self.extensionOfPrefixed = extensionOfPrefixed
    }

    /// Whether a member of this name needs no other reader, in an archive whose members the format does not all see.
    func covers(_ member: String) -> Bool {
        members.contains(member.lowercased()) || payload.contains { member.hasPrefix($0) }
    }

    /// Whether other readers are asked of this member: one that is compressed is looked at as a whole, so it has to be
    /// small.
    static func looksInto(_ member: ZipArchive.Entry) -> Bool {
        !member.isEncrypted && (member.isStored || member.size <= 1 << 20)
    }
}
