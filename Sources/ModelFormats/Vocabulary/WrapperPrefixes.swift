/// What wrappers of a module leave in the names of its parameters. Absence proves nothing.
enum WrapperPrefixes {
    static func report(_ names: some Sequence<String>, at place: String, into reading: inout Reading) {
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
        if compiled { isCompiled("names hold _orig_mod.", .derived, at: place, &reading) }
        if sharded {
            reading.find(
                .note, "torch.fully-sharded", "names hold _fsdp_wrapped_module.: the module was wrapped by FSDP",
                where: place)
        }
        if checkpointed {
            reading.find(
                .note, "torch.activation-checkpointing",
                "names hold _checkpoint_wrapped_module.: the module was wrapped for activation checkpointing",
                where: place)
        }
        if parallel, !isEmpty {
            reading.find(
                .note, "torch.data-parallel",
                "names begin with module.: the module was wrapped by DataParallel or DistributedDataParallel",
                where: place)
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
    static func isCompiled(_ what: String, _ origin: FieldEvidence.Origin, at place: String, _ reading: inout Reading) {
        reading.facts.compileMethod = "jit"
        reading.note("compile_method", origin, "\(place): \(what)")
        reading.find(
            .note, "torch.compiled-module",
            "\(what): torch.compile had wrapped the module when it was saved; the weights themselves are not compiled",
            where: place)
    }
}
