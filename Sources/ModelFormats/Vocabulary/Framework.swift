/// A framework as formats name it. Each is declared in the folder of the format that is its own.
///
/// One that nothing more is said of is just its name: `framework: "TensorFlow.js"`.
package struct Framework: Hashable, Sendable, ExpressibleByStringLiteral {
    /// As MLM spells it, else as the project itself does.
    package let name: String
    /// Other names that people declare it by, in lower case; `name` in lower case is always one.
    package let aliases: [String]
    /// Names of all frameworks that a model in its artifacts can have been trained with. Empty when nothing is known to
    /// exclude any: MLM's `mlm:framework` is what the model was trained with, which a conversion leaves open.
    package let origins: Set<String>
    /// Whether its models have the interface of scikit-learn: what comes out depends on the method that is called
    /// (`predict`, `predict_proba`), and any type of number may go in.
    package let hasEstimators: Bool

    /// A framework that nothing more is known of than what is said.
    package init(_ name: String, aliases: [String] = [], origins: Set<String> = [], hasEstimators: Bool = false) {
        self.name = name
        self.aliases = aliases
        self.origins = origins
        self.hasEstimators = hasEstimators
    }

    package init(stringLiteral name: String) { self.init(name) }

    /// Whether somebody who writes `text` means this framework.
    package func isCalled(_ text: String) -> Bool {
        let text = text.lowercased()
        return text == name.lowercased() || aliases.contains(text)
    }
}
