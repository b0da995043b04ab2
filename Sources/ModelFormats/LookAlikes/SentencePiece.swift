import ModelBytes
import ModelContainers

/// `ModelProto` of sentencepiece (sentencepiece_model.proto): pieces (1), each with a text (1), a score (2), a kind (3).
enum SentencePiece {
    static func look(at subject: InspectedArtifact) -> LookAlike? {
        guard subject.begins(with: [0x0A]) else { return nil }
        // The first pieces are short words, so the head has them.
        let source = ByteSource(MemoryBytes(subject.head))
        let pieces = ProtobufOutline(source, fieldLimit: 3).fields
        guard pieces.count >= 3,
            pieces.allSatisfy({ $0.number == 1 && $0.wireType == .len && $0.payload.count < 1_024 })
        else { return nil }
        var special = false
        for piece in pieces {
            let outline = ProtobufOutline(source, in: piece.payload, fieldLimit: 4)
            guard outline.isComplete, outline.first(2)?.wireType == .i32, let text = try? outline.text(1, in: source)
            else { return nil }
            special = special || ["<unk>", "<s>", "<pad>", "</s>"].contains(text)
        }
        guard special else { return nil }
        return LookAlike(LookAlike.tokenizer, seen: "pieces of sentencepiece", "it is a tokenizer of sentencepiece")
    }
}
