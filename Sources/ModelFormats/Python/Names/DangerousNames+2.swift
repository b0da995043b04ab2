// Written by TestArtifacts/make/python/names.py; what is wrong here is wrong there.

extension DangerousNames {
    static let part2: [(reason: String, names: String)] = [
        (
            "imports any module or object by name",
            """
            copyreg add_extension constructor pickle remove_extension
            django.utils.module_loading import_string
            gc get_objects get_referents get_referrers
            hydra._internal.instantiate._instantiate2 instantiate
            hydra.utils call get_class get_method get_object instantiate
            imp SourcelessFileLoader _exec _fix_co_filename _frozen_module_names _load acquire_lock create_dynamic
            imp find_module get_frozen_object init_builtin init_frozen is_builtin is_frozen is_frozen_package
            imp load_compiled load_dynamic load_module load_package load_source lock_held new_module release_lock reload
            importlib __import__ _pack_uint32 _unpack_uint32 find_loader import_module reload
            importlib._abc Loader.load_module
            importlib._bootstrap __import__ _call_with_frames_removed _exec _find_and_load _gcd_import _load
            importlib._bootstrap _load_unlocked
            importlib._bootstrap_external ExtensionFileLoader FileLoader.load_module SourceFileLoader SourcelessFileLoader
            importlib.abc SourceLoader
            importlib.machinery ExtensionFileLoader SourceFileLoader SourcelessFileLoader
            importlib.metadata import_module
            importlib.util _find_spec _find_spec_from_path _module_to_load _resolve_name contextmanager find_spec
            importlib.util module_for_loader module_from_spec set_loader set_package spec_from_file_location
            importlib.util spec_from_loader
            inspect currentframe getattr_static getmembers stack
            logging.config _clearExistingHandlers _create_formatters _handle_existing_loggers _install_handlers
            logging.config _install_loggers _is_queue_like_object _resolve _strip_spaces dictConfig fileConfig listen
            logging.config stopListening valid_ident
            modulefinder ModuleFinder
            monai.utils optional_import
            pkgutil _get_spec _import_imp _iter_file_finder_modules extend_path find_loader get_data get_importer
            pkgutil get_loader iter_importer_modules iter_importers iter_modules iter_zipimport_modules namedtuple
            pkgutil read_code resolve_name simplegeneric walk_packages zipimporter
            site addpackage addsitedir execsitecustomize execusercustomize main
            six.moves getoutput
            six.moves.builtins __import__ compile eval exec getattr open
            six.moves.cPickle load loads
            sys __breakpointhook__ __dict__ __displayhook__ __excepthook__ __stderr__ __stdin__ __stdout__
            sys __unraisablehook__ _clear_type_cache _current_exceptions _current_frames _getframe
            sys activate_stack_trampoline addaudithook breakpointhook call_tracing displayhook excepthook exit meta_path
            sys modules path path_hooks path_importer_cache remote_exec set_asyncgen_hooks
            sys set_coroutine_origin_tracking_depth setprofile setrecursionlimit settrace stderr stdin stdout
            sys unraisablehook
            torch.package PackageImporter
            torch.package.package_importer PackageImporter
            werkzeug.utils import_string
            zipimport zipimporter
            """
        ),
        (
            "loads another pickle",
            """
            _pickle Unpickler load loads
            cPickle Unpickler load loads
            cloudpickle load loads
            cloudpickle.cloudpickle load loads
            dbm open
            dill Unpickler load load_module load_module_asdict load_session loads
            dill._dill Unpickler load load_session loads
            dill.session load_module load_module_asdict load_session
            joblib load
            joblib._pickle_load load
            joblib.numpy_pickle _pickle_load _unpickle load load_temporary_memmap
            jsonpickle decode
            jsonpickle.unpickler decode
            keras.models load_model
            keras.saving load_model
            keras.utils get_file
            lib2to3.pgen2.grammar Grammar.load Grammar.loads
            marshal dump load loads
            mlflow.pyfunc load_model
            multiprocessing.connection Client Listener answer_challenge deliver_challenge
            multiprocessing.reduction recv_handle
            numpy.lib._npyio_impl load
            numpy.lib.npyio load
            pandas read_pickle
            pandas.compat.pickle_compat load loads
            pandas.io.pickle read_pickle
            pickle Unpickler _Unpickler _getattribute _load _loads _test load loads pack unpack
            shelve DbfilenameShelf Shelf Unpickler open
            skops.io load
            torch load
            torch.distributed.distributed_c10d _object_to_tensor _tensor_to_object
            torch.jit load
            torch.jit._serialization load
            torch.multiprocessing.reductions rebuild_storage_filename
            torch.serialization _legacy_load _load load
            torch.utils._config_module ConfigModule ConfigModule.load_config
            """
        ),
        (
            "changes files",
            """
            _io FileIO FileIO.write TextIOWrapper.write open open_code
            _pyio FileIO open open_code
            _sqlite3 connect
            builtins file open
            bz2 _builtin_open open
            codecs StreamReaderWriter.write open
            configparser ConfigParser.read RawConfigParser.read
            csv DictWriter.writerow DictWriter.writerows
            distutils.archive_util mkpath
            distutils.bcppcompiler write_file
            distutils.ccompiler mkpath move_file
            distutils.command.bdist_dumb remove_tree
            distutils.command.bdist_rpm write_file
            distutils.command.clean remove_tree
            distutils.command.install write_file
            distutils.cygwinccompiler write_file
            distutils.dir_util copy_tree create_tree mkpath remove_tree
            distutils.file_util copy_file move_file write_file
            filecmp _cmp _do_cmp _filter _sig clear_cache cmp cmpfiles demo
            fileinput FileInput _test close filelineno filename fileno hook_compressed hook_encoded input isfirstline
            fileinput isstdin lineno nextfile
            glob glob1
            gzip open
            io FileIO FileIO.write TextIOWrapper.write open open_code
            linecache _register_code checkcache clearcache getline getlines lazycache updatecache
            logging FileHandler basicConfig
            logging.handlers RotatingFileHandler TimedRotatingFileHandler WatchedFileHandler
            lzma open
            mailbox Babyl.add Maildir _singlefileMailbox.add
            mmap mmap
            numpy fromfile genfromtxt load loadtxt memmap save savetxt savez savez_compressed
            numpy.lib._npyio_impl save savetxt savez savez_compressed
            numpy.lib.format open_memmap
            numpy.lib.npyio save savetxt savez savez_compressed
            numpy.memmap memmap
            pathlib Path.chmod Path.hardlink_to Path.mkdir Path.open Path.read_bytes Path.read_text Path.rename
            pathlib Path.replace Path.rmdir Path.symlink_to Path.touch Path.unlink Path.write_bytes Path.write_text
            pathlib._local Path.open Path.unlink Path.write_bytes Path.write_text
            resource prlimit setrlimit
            shutil _access_check _basename _check_unpack_options _copyfileobj_readinto _copytree _copyxattr _destinsrc
            shutil _ensure_directory _fastcopy_fcopyfile _fastcopy_sendfile _find_unpack_format _get_gid _get_uid
            shutil _is_immutable _islink _make_tarball _make_zipfile _rmtree_isdir _rmtree_islink _rmtree_safe_fd
            shutil _rmtree_unsafe _samefile _stat _unpack_tarfile _unpack_zipfile _win_path_needs_curdir chown copy copy2
            shutil copyfile copyfileobj copymode copystat copytree ignore_patterns make_archive move
            shutil register_archive_format register_unpack_format rmtree unpack_archive unregister_archive_format
            shutil unregister_unpack_format
            sqlite3 connect enable_callback_tracebacks
            sqlite3.dbapi2 connect
            syslog LOG_MASK LOG_UPTO closelog openlog setlogmask syslog
            tarfile TarFile.extractall TarFile.open bltn_open main open
            tempfile NamedTemporaryFile TemporaryDirectory TemporaryFile _TemporaryFileWrapper _allocate_lock
            tempfile _candidate_tempdir_list _dont_follow_symlinks _exists _get_candidate_names _get_default_tempdir
            tempfile _gettempdir _infer_return_type _mkstemp_inner _resetperms _sanitize_params mkdtemp mkstemp mktemp
            tokenize _builtin_open
            torch from_file save
            torch.UntypedStorage from_file
            torch.jit save
            torch.serialization save
            zipfile PyZipFile ZipFile main
            """
        ),
        (
            "opens connections",
            """
            _pyrepl.unix_console poll
            _socket SocketType close dup getaddrinfo getdefaulttimeout gethostbyaddr gethostbyname gethostbyname_ex
            _socket gethostname getnameinfo getprotobyname getservbyname getservbyport if_indextoname if_nameindex
            _socket if_nametoindex setdefaulttimeout sethostname socket socketpair
            _ssl _test_decode_cert
            aiohttp ClientSession request
            aiohttp.client ClientSession request
            aiohttp.web run_app
            boto3 client resource
            distutils.command.upload urlopen
            ftplib FTP FTP_TLS test
            http.client HTTPConnection HTTPSConnection
            http.server HTTPServer ThreadingHTTPServer test
            httplib HTTP HTTPConnection HTTPSConnection
            httpx AsyncClient Client delete get head options patch post put request stream
            httpx._api delete get head options patch post put request stream
            huggingface_hub hf_hub_download snapshot_download
            imaplib IMAP4 IMAP4_SSL
            logging.config ThreadingTCPServer
            nntplib NNTP NNTP_SSL
            paramiko SSHClient
            poplib POP3 POP3_SSL
            requests delete get head options patch post put request
            requests.api delete get head options patch post put request
            requests.sessions Session.request session
            select epoll poll select
            selectors DefaultSelector EpollSelector
            smtplib LMTP SMTP SMTP_SSL
            socket SocketType _fallback_socketpair _intenum_converter close create_connection create_server dup fromfd
            socket getaddrinfo getdefaulttimeout getfqdn gethostbyaddr gethostbyname gethostbyname_ex gethostname
            socket getnameinfo getprotobyname getservbyname getservbyport if_indextoname if_nameindex if_nametoindex
            socket recv_fds send_fds setdefaulttimeout sethostname socket socketpair
            socketserver BaseServer TCPServer ThreadingTCPServer UDPServer UnixStreamServer
            ssl SSLContext.wrap_socket _create_default_https_context create_connection create_default_context
            ssl get_server_certificate socket wrap_socket
            telnetlib Telnet
            torch.distributed.rpc init_rpc remote rpc_async rpc_sync
            torch.distributed.rpc.api init_rpc remote rpc_async rpc_sync
            torch.hub download_url_to_file help list load load_state_dict_from_url
            urllib urlopen urlretrieve
            urllib.request _parse_proxy _proxy_bypass_macosx_sysconf _proxy_bypass_winreg_override _randombytes
            urllib.request _safe_gethostbyname _splitattr _splithost _splitpasswd _splitport _splitquery _splittag
            urllib.request _splittype _splituser _splitvalue _to_bytes build_opener ftperrors getproxies
            urllib.request getproxies_environment install_opener localhost noheaders proxy_bypass proxy_bypass_environment
            urllib.request request_host thishost urlcleanup urlopen urlretrieve
            urllib2 Request build_opener install_opener urlopen
            urllib3 PoolManager request
            urllib3.connectionpool connection_from_url
            uuid getnode
            webbrowser _synthesize get main open open_new open_new_tab parse_args register register_X_browsers
            webbrowser register_standard_browsers
            wget download
            wsgiref.simple_server HTTPServer
            xmlrpc.client Server ServerProxy
            xmlrpclib Server ServerProxy
            """
        ),
        (
            "calls any native code",
            """
            _ctypes CFuncPtr LoadLibrary PyObj_FromPtr call_cdeclfunction call_function dlclose dlopen dlsym
            cffi FFI
            cffi.api FFI FFI.dlopen
            ctypes CDLL CFUNCTYPE LibraryLoader OleDLL PYFUNCTYPE PyDLL SetPointerType WINFUNCTYPE WinDLL _CFuncPtr
            ctypes _calcsize _check_size _dlopen _reset_cache cast cdll cdll.LoadLibrary memmove memset pydll pythonapi
            ctypes string_at windll wstring_at
            ctypes._endian CDLL CFUNCTYPE LibraryLoader PYFUNCTYPE PyDLL SetPointerType cast string_at wstring_at
            msvcrt putch
            numpy.ctypeslib load_library
            numpy.ctypeslib._ctypeslib load_library
            tensorflow load_library load_op_library
            torch._ops _Ops.load_library
            torch.classes load_library
            torch.ops load_library
            winreg DeleteKey SetValue SetValueEx
            """
        ),
        (
            "changes the process",
            """
            _signal alarm pause pthread_kill raise_signal set_wakeup_fd setitimer siginterrupt signal sigwait
            faulthandler _fatal_error_c_thread _read_null _sigabrt _sigfpe _sigsegv _stack_overflow
            faulthandler cancel_dump_traceback_later disable dump_traceback dump_traceback_later enable is_enabled
            faulthandler register unregister
            logging captureWarnings
            signal alarm default_int_handler pause pthread_kill raise_signal set_wakeup_fd setitimer siginterrupt signal
            signal sigwait
            warnings filterwarnings resetwarnings simplefilter
            """
        ),
    ]
}
