import ModelContainers

/// Functions of R that reach the system, by how an expression comes to them.
enum RDanger {
    private static func words(_ text: String) -> Set<String> {
        Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }

    /// Dangerous wherever they are named: those that run programs and code, load libraries, remove, move and fetch files, open
    /// addresses, and change the process (R's manuals of base, utils, tools and parallel).
    private static let anywhere = words(
        """
        system system2 shell shell.exec Rscript Rcmd pskill psnice mcparallel mcfork mckill makeCluster makePSOCKcluster
        makeForkCluster clusterCall clusterEvalQ dyn.load dyn.unload library.dynam library.dynam.unload sys.source
        source_url sourceCpp cppFunction evalCpp run_r py_run_string py_run_file source_python processx unlink file.remove
        file.rename file.copy file.append file.symlink file.link file_delete dir_delete file_move writeLines writeBin
        writeChar save.image Sys.setenv Sys.unsetenv Sys.chmod Sys.umask Sys.setFileTime setwd download.file
        download.packages curl_download curl_fetch_memory curlGetHeaders install.packages update.packages remove.packages
        install_github browseURL url.show help.start RSiteSearch bug.report create.post sendMail make.socket write.socket
        socketConnection serverSocket socketAccept nsl file.show file.edit unserialize lazyLoad lazyLoadDBfetch
        assignInNamespace assignInMyNamespace fixInNamespace package.skeleton texi2dvi texi2pdf startDynamicHelp
        """)
    /// Dangerous when they are called; a variable may well have such a name.
    private static let called = words(
        """
        source pipe url eval evalq eval.parent parse str2lang str2expression fifo sink save saveRDS dump dput write quit q
        .Internal .External .External2 .External.graphics .Call .Call.graphics .C .Fortran readRDS load attach file gzfile
        bzfile xzfile unz file.create dir.create write.table write.csv write.csv2 write.dcf untar unzip tar zip edit vi
        vim emacs pico xemacs xedit page Rprof Rprofmem R capture.output
        """)
    /// They write where their argument `file` says, and else to the screen.
    private static let toFile: Set = ["cat", "print.default", "message"]
    /// They call the function that their argument names.
    private static let callers = words(
        """
        do.call get get0 mget match.fun getExportedValue getFromNamespace getAnywhere dynGet :: ::: lapply sapply vapply
        mapply Map Reduce Filter Find Position apply tapply rapply eapply outer Vectorize .Primitive
        """)

    /// The first dangerous function in an expression, as it is named there.
    static func call(in expression: RValue) -> String? {
        var waiting = [expression]
        var left = 65_536
        while let next = waiting.popLast(), left > 0 {
            left -= 1
            switch next.kind {
            case .symbol: if let name = next.string, anywhere.contains(name) { return name }
            // A function of R's own, put into the code in place of its name.
            case .builtin: if let name = next.string, anywhere.contains(name) || called.contains(name) { return name }
            case .bytecode: waiting.append(next.source)
            case .closure: if let body = next.child(2) { waiting.append(body) }
            case .language:
                if let name = called(by: next) { return name }
                waiting += (0..<next.count).compactMap { next.child($0) }
            case .string:
                if let name = next.string, anywhere.contains(name) { return name }
            case .list, .pairlist, .expression: waiting += (0..<next.count).compactMap { next.child($0) }
            default: break
            }
        }
        return nil
    }

    /// The dangerous function that this piece of code calls itself.
    private static func called(by code: RValue) -> String? {
        guard let function = code.child(0), function.kind == .symbol, let name = function.string else { return nil }
        if called.contains(name) || anywhere.contains(name) { return name }
        let arguments = 1..<max(1, code.count)
        if toFile.contains(name), arguments.contains(where: { code.tag($0) == "file" }) { return name }
        guard callers.contains(name) else { return nil }
        return arguments.compactMap { code.child($0)?.string }.first { anywhere.contains($0) || called.contains($0) }
    }
}
