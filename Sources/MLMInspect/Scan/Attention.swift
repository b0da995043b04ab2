public import ModelFormats
import STAC

/// How much of a record a person should look at: the worst of its findings, of what loading it takes, and of its gaps.
public enum Attention: String, OrderedCases, Sendable {
    /// Nothing to look at; a value missing from the draft; the severity of the worst finding, if a note or a warning.
    case none, gap, note, warning
    /// Loading needs code, or not everything that loading runs could be examined (`incomplete`).
    case needsCode = "needs-code"
    /// Loading is dangerous, or a finding has the severity `danger`.
    case danger
}

extension Record {
    /// How much attention the record needs.
    public var concern: Attention {
        var worst = draft?.gaps.isEmpty == false ? Attention.gap : .none
        switch loading?.verdict {
        case .dangerous: worst = .danger
        case .needsCode, .incomplete: worst = .needsCode
        case .dataOnly, nil: break
        }
        for finding in findings ?? [] {
            switch finding.severity {
            case .note: worst = max(worst, .note)
            case .warning: worst = max(worst, .warning)
            case .danger: worst = max(worst, .danger)
            }
        }
        return worst
    }
}
