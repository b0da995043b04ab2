import ModelBytes

/// A name that was imported before, whatever opcode did it.
struct PickleImportKey: Hashable {
    var kind: Pickle.Import.Kind
    var module: String
    var name: String
}

/// Imports, and the objects made with them.
extension PickleMachine {
    // MARK: - Imports

    mutating func readGlobal() throws(InspectionError) {
        try push(try readName(.global))
    }

    /// The two lines of GLOBAL and INST, as an imported value.
    private mutating func readName(_ opcode: Pickle.Opcode) throws(InspectionError) -> Int32 {
        let module = try self.name(try readLine(least: 1), opcode)
        let name: String
        do throws(InspectionError) {
            name = try self.name(try readLine(least: 1), opcode)
        } catch {
            // `pickle.py` takes a last line without an end for a whole one, and its last byte for that end.
            if error.reason == .truncated, line.count > 1, PickleText.isStrictUTF8(line.dropLast()) {
                let cut = PickleText.name(line.dropLast())
                _ = try importValue(PickleImportKey(kind: .named, module: module, name: cut), opcode)
            }
            throw error
        }
        return try importValue(PickleImportKey(kind: .named, module: module, name: name), opcode)
    }

    mutating func stackGlobal() throws(InspectionError) {
        let name = try operand(try pop())
        let module = try operand(try pop())
        if module == "" { throw malformed("the name of a module is empty") }
        let kind: Pickle.Import.Kind = name == nil || module == nil ? .dynamic : .named
        let key = PickleImportKey(kind: kind, module: module ?? "", name: name ?? "")
        try push(try importValue(key, .stackGlobal))
    }

    /// A text as it was written; nil for one that is computed when the pickle is loaded. Nothing else is a name.
    private func operand(_ id: Int32) throws(InspectionError) -> String? {
        switch arena.tag(id) {
        case .string: return PickleText.name(arena.texts[arena.nodes[Int(id)].text])
        case .persistentID, .bytes: return nil
        case .object, .amended:
            // A name is a `str` and no subclass of it, and these packages make none.
            var maker = ""
            if let made = arena.amendment(id), let found = arena.importOf(made.callee) { maker = found.module }
            for package in ["joblib.", "numpy", "sklearn.", "torch"] where maker.hasPrefix(package) {
                throw malformed("a name that is no text")
            }
            return nil
        default: throw malformed("a name that is no text")
        }
    }

    /// GLOBAL takes UTF-8, INST only ASCII.
    private func name(_ line: ArraySlice<UInt8>, _ opcode: Pickle.Opcode) throws(InspectionError) -> String {
        guard opcode == .inst ? PickleText.isASCII(line) : PickleText.isStrictUTF8(line) else {
            throw malformed("a name that is no \(opcode == .inst ? "ASCII" : "UTF-8")")
        }
        return PickleText.name(line)
    }

    mutating func pushExtension(_ code: Int, _ opcode: Pickle.Opcode) throws(InspectionError) {
        guard code > 0 else { throw malformed("the extension code \(code) is not positive") }
        observe?(.extension(code))
        try push(try importValue(PickleImportKey(kind: .extension(code: code), module: "", name: ""), opcode))
    }

    /// The value that stands for an import, which is the same one every time.
    private mutating func importValue(
        _ key: PickleImportKey, _ opcode: Pickle.Opcode
    ) throws(InspectionError) -> Int32 {
        if case .extension = key.kind {} else { observe?(.imported(module: key.module, name: key.name)) }
        if let id = importIndices[key] {
            arena.imports[Int(arena.nodes[Int(id)].index)].count += 1
            return id
        }
        let index = arena.imports.count
        try limits.pickleImports.check(index + 1)
        try reserveText(key.module.utf8.count + key.name.utf8.count)
        let tag: PickleNode.Tag = if case .extension = key.kind { .extension } else { .global }
        let id = try add(PickleNode(tag, index: Int32(index)))
        arena.imports.append(
            Pickle.Import(
                kind: key.kind, module: key.module, name: key.name, offset: opcodeOffset, opcode: opcode, count: 1))
        importIndices[key] = id
        return id
    }

    /// Keeps that something was added to `target`, which is no value of the pickle's own.
    mutating func addForeign(to target: Int32, isByKey: Bool = false) {
        guard arena.foreignAdditions.count < PickleArena.mostForeignAdditions else { return }
        arena.foreignAdditions.append((target, opcodeOffset, isByKey))
    }

    /// Marks the class of the object that `callee` made with `arguments`, whose items are set or added.
    mutating func markAddition(_ callee: Int32, _ arguments: Int32, isByKey: Bool) {
        var maker = callee
        if let found = arena.importOf(callee), found.module == "copyreg" || found.module == "copy_reg",
            arguments >= 0, arena.nodes[Int(arguments)].tag == .tuple, arena.nodes[Int(arguments)].count > 0
        {
            maker = arena.references[arena.nodes[Int(arguments)].start]
        }
        switch arena.tag(maker) {
        case .global, .extension:
            let index = Int(arena.nodes[Int(maker)].index)
            if isByKey { arena.imports[index].isKeyed = true } else { arena.imports[index].isGrown = true }
        default: addForeign(to: maker, isByKey: isByKey)
        }
    }

    private mutating func markCalled(_ id: Int32) {
        switch arena.tag(id) {
        case .global, .extension: arena.imports[Int(arena.nodes[Int(id)].index)].isCalled = true
        default: break
        }
    }

    // MARK: - Objects

    /// REDUCE and NEWOBJ.
    mutating func call(_ opcode: Pickle.Opcode) throws(InspectionError) {
        let arguments = try pop()
        let callee = try top()
        try checkCall(opcode, callee, arguments)
        replaceTop(try object(opcode, callee, arguments))
    }

    mutating func callWithKeywords() throws(InspectionError) {
        let keywords = try pop()
        let arguments = try pop()
        let callee = try top()
        try checkCall(.newobjEx, callee, arguments)
        guard isMapping(keywords) else { throw malformed("keywords that are no dict") }
        let id = try object(.newobjEx, callee, arguments)
        arena.amend(id, to: PickleAmendment(callee: callee, arguments: arguments, keywords: keywords))
        replaceTop(id)
    }

    /// INST: the class is named on two lines, its arguments lie above the innermost MARK.
    mutating func instantiateNamed() throws(InspectionError) {
        let callee = try readName(.inst)
        try collectTuple(from: try popMark())
        replaceTop(try object(.inst, callee, try top()))
    }

    /// OBJ: class and arguments lie above the innermost MARK.
    mutating func instantiate() throws(InspectionError) {
        let start = try popMark()
        guard start < stack.count else { throw malformed("there is no class above the MARK") }
        try collectTuple(from: start + 1)
        let arguments = try pop()
        try checkCall(.obj, stack[start], arguments)
        replaceTop(try object(.obj, stack[start], arguments))
    }

    private mutating func object(
        _ opcode: Pickle.Opcode, _ callee: Int32, _ arguments: Int32
    ) throws(InspectionError) -> Int32 {
        markCalled(callee)
        if arena.importOf(callee) == nil, arena.computedCalls.count < PickleArena.mostForeignAdditions {
            arena.computedCalls.append((callee, opcodeOffset))
        }
        observe?(.called(opcode, arena.importOf(callee)))
        return try add(.object(opcode, offset: opcodeOffset, callee: callee, arguments: arguments))
    }

    mutating func setState() throws(InspectionError) {
        let state = try pop()
        let target = try top()
        guard try checkState(state, of: target) else { return }
        observe?(.built)
        arena.builds.append(PickleBuild(target: target, state: state, offset: opcodeOffset))
        if var amendment = arena.amendment(target) {
            amendment.state = state
            arena.amend(target, to: amendment)
        }
        markCalled(target)
        if arena.amendment(target) == nil { addForeign(to: target) }
        guard let afterBuild, !isEmbedded, let made = arena.amendment(target), isAwaited(made) else { return }
        switch try afterBuild(PickleValue(pickle: result(), id: target), cursor.offset) {
        case .nothing: break
        case .bytes(let count): try cursor.skip(count)
        case .pickle: arena.embedded[target] = try runEmbedded()
        }
    }

    /// Whether an object may be of a class that is awaited.
    private func isAwaited(_ made: PickleAmendment) -> Bool {
        guard let isAwaited else { return true }
        guard let maker = arena.importOf(made.callee) else { return false }
        guard maker.module == "copyreg" || maker.module == "copy_reg" || maker.name == "__newobj__" else {
            return isAwaited(maker.module, maker.name)
        }
        // The class is the first argument; of a list of arguments, which no pickler writes, it may be any.
        guard arena.tag(made.arguments) == .tuple else { return true }
        let arguments = arena.nodes[Int(made.arguments)]
        guard arguments.count > 0, let found = arena.importOf(arena.references[arguments.start]) else { return false }
        return isAwaited(found.module, found.name)
    }

    // MARK: - Persistent ids

    mutating func readPersistentID() throws(InspectionError) {
        let text = Array(try readLine())
        guard text.allSatisfy({ $0 < 0x80 }) else { throw malformed("a persistent id that is no ASCII") }
        try reserveText(text.count)
        try supply(try add(PickleNode(.string, arena.texts.append(text))))
    }

    /// What the reader's `persistent_load` makes of `id`.
    mutating func supply(_ id: Int32) throws(InspectionError) {
        guard suppliesObjects else { throw malformed("nobody supplies the object of a persistent id") }
        observe?(.supplied)
        try push(PickleNode(.persistentID, index: id))
    }
}
