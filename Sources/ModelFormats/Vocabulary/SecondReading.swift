/// What other loaders would begin to run in the same bytes, whatever the best format says of them.
package protocol SecondReading: SendableMetatype {
    /// Adds to the `result` of a format what that leaves out.
    static func look(at subject: InspectedArtifact, besides result: inout ProbeResult)

    /// What they find in an artifact that no format knows; nil when there is nothing.
    static func look(at subject: InspectedArtifact) -> ProbeResult?
}
