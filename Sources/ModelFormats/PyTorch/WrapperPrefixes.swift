/// What wrappers of a module leave in the names of its parameters. Absence proves nothing.
enum WrapperPrefixes {
    static func report(_ names: some Sequence<String>, at place: String, into result: inout ProbeResult) {
        var compiled = false
        var sharded = false
        var checkpointed = false
        var parallel = true
        var isEmpty = true
        for name in names {
            isEmpty = false
            parallel = parallel && (name.hasPrefix("module.") || name.hasPrefix("_orig_mod.module."))
            // Most names hold none of the three, so they are looked for only where an underscore begins a component.
            guard beginsAnyComponentWithUnderscore(name) else { continue }
            let components = name.split(separator: ".")
            compiled = compiled || components.contains("_orig_mod")
            sharded = sharded || components.contains("_fsdp_wrapped_module")
            checkpointed = checkpointed || components.contains("_checkpoint_wrapped_module")
        }
        if compiled { noteCompiled("names hold _orig_mod.", .derived, at: place, &result) }
        if sharded {
            result.report(
                .note, code: "torch.fully-sharded", "names hold _fsdp_wrapped_module.: the module was wrapped by FSDP",
                at: place)
        }
        if checkpointed {
            result.report(
                .note, code: "torch.activation-checkpointing",
                "names hold _checkpoint_wrapped_module.: the module was wrapped for activation checkpointing",
                at: place)
        }
        if parallel, !isEmpty {
            result.report(
                .note, code: "torch.data-parallel",
                "names begin with module.: the module was wrapped by DataParallel or DistributedDataParallel",
                at: place)
        }
    }

    private static func beginsAnyComponentWithUnderscore(_ name: String) -> Bool {
        let bytes = name.utf8Span.span
        var isStart = true
        for index in bytes.indices {
            if isStart, bytes[index] == UInt8(ascii: "_") { return true }
            isStart = bytes[index] == UInt8(ascii: ".")
        }
        return false
    }

    /// A module that torch.compile had wrapped when it was saved. `torch.compile` itself writes no artifact.
    static func noteCompiled(
        _ what: String, _ origin: FieldProvenance.Origin, at place: String, _ result: inout ProbeResult
    ) {
        result.facts.compileMethod = "jit"
        result.note("compile_method", origin, "\(place): \(what)")
        result.report(
            .note, code: "torch.compiled-module",
            "\(what): torch.compile had wrapped the module when it was saved; the weights themselves are not compiled",
            at: place)
    }
}
