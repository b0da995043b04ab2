internal import CLibzip
internal import Glibc
import ModelBytes

/// An archive opened by libzip, and closed with this.
@safe final class LibzipArchive {
    let view: ZipView
    private let archive: OpaquePointer

    /// libzip asks for the local time of every entry, and glibc looks for /etc/localtime each time while TZ is unset. One
    /// that is set stays.
    private static let timeZone: Void = { unsafe _ = setenv("TZ", "UTC", 0) }()

    init(_ view: ZipView) throws(InspectionError) {
        Self.timeZone
        var error = unsafe zip_error_t()
        unsafe zip_error_init(&error)
        defer { unsafe zip_error_fini(&error) }
        // The view is not retained: it is kept here, and the archive is discarded first.
        let state = unsafe Unmanaged.passUnretained(view).toOpaque()
        guard let source = unsafe zip_source_function_create(ZipView.callback, state, &error) else {
            throw unsafe Self.refusal(&error, view, entry: nil)
        }
        guard let archive = unsafe zip_open_from_source(source, ZIP_RDONLY, &error) else {
            unsafe zip_source_free(source)
            throw unsafe Self.refusal(&error, view, entry: nil)
        }
        self.view = view
        unsafe self.archive = archive
    }

    deinit { unsafe zip_discard(archive) }

    /// The sizes of a member, zip64 ones included. What is beyond any file becomes `Int.max`.
    func sizes(of index: Int) throws(InspectionError) -> (size: Int, compressedSize: Int) {
        var status = unsafe zip_stat_t()
        guard unsafe zip_stat_index(archive, UInt64(index), 0, &status) == 0 else {
            throw unsafe Self.refusal(zip_get_error(archive), view, entry: nil)
        }
        return unsafe (Int(clamping: status.size), Int(clamping: status.comp_size))
    }

    /// Where the content of a stored member begins: libzip is made to ask for it, and gets nothing.
    func locate(_ entry: ZipArchive.Entry) throws(InspectionError) -> Int {
        try unsafe withFile(entry, .stored) { file throws(InspectionError) in
            var byte: UInt8 = 0
            let read = unsafe zip_fread(file, &byte, 1)
            guard read <= 0, let content = view.content else {
                throw unsafe Self.refusal(zip_file_get_error(file), view, entry: entry.name)
            }
            return content
        }
    }

    /// The content of a compressed member, `entry.size` bytes, and whether its CRC-32 is the one in the directory.
    func inflate(_ entry: ZipArchive.Entry) throws(InspectionError) -> (bytes: [UInt8], checksumAgrees: Bool) {
        try unsafe withFile(entry, .compressed(entry.compressedSize)) { file throws(InspectionError) in
            var bytes: [UInt8] = []
            // A declared size is a claim: what is set aside for it is no more than 16 times what is there.
            bytes.reserveCapacity(min(entry.size / 16, entry.compressedSize, view.members.count) * 16)
            var isAtEnd = false
            while !isAtEnd {
                let chunk = unsafe [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, filled in
                    filled = unsafe max(0, Int(zip_fread(file, buffer.baseAddress, UInt64(buffer.count))))
                }
                isAtEnd = chunk.isEmpty
                bytes += chunk
                guard bytes.count <= entry.size else {
                    throw InspectionError(
                        .malformed, "inflates to more than the \(entry.size) bytes it declares", entry: entry.name)
                }
            }
            let error: UnsafeMutablePointer<zip_error_t> = unsafe zip_file_get_error(file)
            let code = unsafe zip_error_code_zip(error)
            guard code == ZIP_ER_OK || code == ZIP_ER_CRC else {
                throw unsafe Self.refusal(error, view, entry: entry.name)
            }
            guard bytes.count == entry.size else {
                throw InspectionError(
                    .truncated, "inflates to \(bytes.count) bytes, but declares \(entry.size)", entry: entry.name)
            }
            return (bytes, code == ZIP_ER_OK)
        }
    }

    private static let chunkBytes = 64 << 10

    private func withFile<Result>(
        _ entry: ZipArchive.Entry, _ stage: ZipView.Stage,
        _ body: (OpaquePointer) throws(InspectionError) -> Result
    ) throws(InspectionError) -> Result {
        view.prepareForMember()
        let opened = unsafe zip_fopen_index(archive, UInt64(entry.index), 0)
        defer { if let opened = unsafe opened { unsafe _ = zip_fclose(opened) } }
        // libzip takes two lengths from the local header (APPNOTE 4.3.7) without asking whether it is one.
        guard view.failure != nil || view.header.starts(with: ZipSignature.localHeader) else {
            throw InspectionError(.malformed, "has no local header where the directory says", entry: entry.name)
        }
        guard let file = unsafe opened else {
            throw unsafe Self.refusal(zip_get_error(archive), view, entry: entry.name)
        }
        view.stage = stage
        return try unsafe body(file)
    }

    /// What stopped libzip: an error of our own source, or else what libzip says.
    private static func refusal(
        _ error: UnsafeMutablePointer<zip_error_t>, _ view: ZipView, entry: String?
    ) -> InspectionError {
        if let failure = view.failure {
            view.failure = nil
            return failure
        }
        let reason: InspectionError.Reason =
            switch unsafe zip_error_code_zip(error) {
            case ZIP_ER_EOF: .truncated
            case ZIP_ER_MEMORY: .unreadable
            case ZIP_ER_COMPNOTSUPP, ZIP_ER_OPNOTSUPP: .unsupported
            default: .malformed
            }
        return InspectionError(reason, "libzip: \(unsafe String(cString: zip_error_strerror(error)))", entry: entry)
    }
}
