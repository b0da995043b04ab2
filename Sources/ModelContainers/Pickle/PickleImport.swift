extension Pickle {
    /// A name that a pickle asks Python to import; one per name, however often it is asked for.
    package struct Import: Hashable, Sendable {
        /// How the pickle says which name it is.
        package enum Kind: Hashable, Sendable {
            /// `module` and `name` stand in the pickle.
            case named
            /// STACK_GLOBAL on operands that are no strings: what is imported shows only when the pickle is run.
            /// A `module` or `name` that is a string is kept, the other is empty.
            case dynamic
            /// EXT1, EXT2 or EXT4: a code that `copyreg.add_extension` gave to a name somewhere else.
            case `extension`(code: Int)
        }

        /// Decides what the other fields mean.
        package let kind: Kind
        /// As written in the pickle: names of Python 2 (`__builtin__`) are not translated.
        package let module: String
        /// As written; it may have dots, `Outer.Inner`.
        package let name: String
        /// Where the opcode that first asked for it stands in the source.
        package let offset: Int
        /// That opcode: GLOBAL, STACK_GLOBAL, INST or EXT1, EXT2, EXT4.
        package let opcode: Opcode
        /// How many opcodes asked for it.
        package internal(set) var count = 0
        /// REDUCE, NEWOBJ, NEWOBJ_EX, OBJ or INST made an object with it, or BUILD set state on it.
        package internal(set) var isCalled = false
        /// SETITEM or SETITEMS set items on an object of it.
        package internal(set) var isKeyed = false
        /// APPEND, APPENDS or ADDITEMS added to an object of it.
        package internal(set) var isGrown = false
    }
}
