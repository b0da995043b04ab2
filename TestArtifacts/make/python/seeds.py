"""What no model needs in order to load, by what it does: the beginning of the danger list.

A module alone stands for every function that it has in any of the interpreters asked; `module: names` for these
names; `+ names` adds classes, or what older or other systems have. `-` takes away what is harmless and common.
"""

CODE = "runs code"
COMMANDS = "runs commands"
IMPORTS = "imports any module or object by name"
FILES = "changes files"
NETWORK = "opens connections"
PICKLES = "loads another pickle"
PROCESS = "changes the process"
NATIVE = "calls any native code"

OS_ELSEWHERE = (
    "startfile popen2 popen3 popen4 spawnvp spawnlp spawnvpe spawnlpe spawnv spawnve spawnl spawnle tmpfile tempnam tmpnam "
    "getcwdu popen system execv execve fork forkpty"
)

SEEDS = {
    "runs commands and changes files": f"""
        os + {OS_ELSEWHERE} _wrap_close
    """,
    "runs commands and changes files; os.system is pickled under this name": f"""
        posix + {OS_ELSEWHERE}
    """,
    "runs commands and changes files; os.system is pickled under this name on Windows": f"""
        nt: {OS_ELSEWHERE} remove unlink rename replace rmdir mkdir chmod link symlink open write truncate utime putenv kill
        nt: _exit abort chdir dup dup2 pipe read listdir scandir stat
    """,
    COMMANDS: """
        subprocess + Popen
        _posixsubprocess
        _winapi: CreateProcess
        commands: getoutput getstatus getstatusoutput mkarg mk2arg
        popen2: popen2 popen3 popen4 Popen3 Popen4
        pty
        pipes: Template Template.copy Template.open Template.open_r Template.open_w
        mailcap
        pexpect: spawn run runu
        pexpect.pty_spawn: spawn
        ptyprocess: PtyProcess
        sh: Command
        platform: popen _syscmd_file _syscmd_ver _syscmd_uname
        uuid: _get_command_stdout _popen _ifconfig_getnode _ip_getnode _arp_getnode _netstat_getnode _lanscan_getnode
        _osx_support
        _aix_support
        _bootsubprocess
        _pyrepl.pager: pipe_pager tempfile_pager plain_pager tty_pager get_pager
        _pyrepl.main: interactive_console
        imaplib: IMAP4_stream
        pydoc + Helper
        ctypes.util
        distutils.spawn: spawn find_executable
        distutils.cmd: Command
        distutils.core: setup run_setup
        setuptools: setup
        setuptools._distutils.spawn: spawn
        setuptools._distutils.core: setup run_setup
        venv: create main EnvBuilder
        ensurepip: bootstrap _run_pip _main _bootstrap
        ensurepip._uninstall: _main
        pip: main
        pip._internal: main
        pip._internal.main: main
        pip._internal.cli.main: main
        pip._internal.cli.main_parser: parse_command
        pip._internal.utils.subprocess: call_subprocess runner_with_spinner_message
        pip._vendor.distlib.scripts: ScriptMaker
        torch.utils.collect_env: run run_and_read_all run_and_parse_first_match run_and_return_first_line get_env_info main
        torch.utils.cpp_extension: load load_inline _run_ninja_build _jit_compile _write_ninja_file_and_build_library
        torch._inductor.codecache: compile_file
        torch._inductor.cpp_builder: run_compile_cmd _run_compile_cmd
        numpy.distutils.exec_command: exec_command _exec_command
        numpy.f2py: compile get_include
        test.support.script_helper: assert_python_ok assert_python_failure spawn_python run_python_until_end kill_python
        idlelib.run: Executive.runcode main
        xmlrpc.server: CGIXMLRPCRequestHandler
        lldb: SBDebugger.HandleCommand
        tkinter: Tcl Tk
        _tkinter: create TkappType.call TkappType.eval
    """,
    CODE: """
        builtins: eval exec execfile compile breakpoint apply __build_class__ help input raw_input reload exit quit
        builtins: globals locals vars dir memoryview
        runpy + _TempModule
        code + InteractiveInterpreter InteractiveConsole InteractiveInterpreter.runcode InteractiveInterpreter.runsource
        code + InteractiveConsole.push InteractiveConsole.interact
        codeop + Compile CommandCompiler
        bdb + Bdb Bdb.run Bdb.runeval Bdb.runctx Bdb.runcall Tdb
        pdb + Pdb Pdb.do_break Pdb.run
        cProfile + Profile Profile.run Profile.runctx Profile.runcall
        profile + Profile Profile.run Profile.runctx Profile.runcall
        trace + Trace Trace.run Trace.runctx Trace.runfunc
        timeit + Timer Timer.timeit
        doctest + DocTestRunner
        types: CodeType FunctionType LambdaType
        _xxsubinterpreters: run_string run_func create
        _interpreters: run_string exec call create
        _testcapi: run_in_subinterp
        _testinternalcapi: run_in_subinterp_with_config
        dataclasses: _create_fn
        typing: _eval_type get_type_hints ForwardRef._evaluate
        sched: scheduler.enter scheduler.enterabs scheduler.run scheduler
        contextlib: ExitStack.callback
        contextvars: Context.run
        unittest: main TestLoader.discover TestLoader.loadTestsFromName TestLoader.loadTestsFromNames
        unittest: defaultTestLoader.discover defaultTestLoader.loadTestsFromName defaultTestLoader.loadTestsFromNames
        unittest.loader: TestLoader.discover TestLoader.loadTestsFromName TestLoader.loadTestsFromNames
        unittest.mock: _patch.start patch patch.dict patch.multiple _get_target
        idlelib.autocomplete: AutoComplete.get_entity AutoComplete.fetch_completions
        idlelib.calltip: Calltip.fetch_tip get_entity
        idlelib.debugobj: ObjectTreeItem.SetText
        idlelib.pyshell: ModifiedInterpreter.runcode ModifiedInterpreter.runcommand
        lib2to3.pgen2.pgen: ParserGenerator.make_label
        numpy.testing._private.utils: runstring rundocs measure
        numpy.testing: runstring rundocs measure
        numpy.testing.utils: runstring rundocs measure
        numpy.f2py.crackfortran: getlincoef _eval_length _eval_scalar myeval
        numpy.f2py.diagnose: run run_command
        numpy.ma.core: fromflex
        torch: compile
        torch.fx.experimental.symbolic_shapes: ShapeEnv.evaluate_guards_expression
        torch.fx.graph_module: _exec_with_source _forward_from_src _method_from_src
        torch.jit.unsupported_tensor_ops: execWrapper
        torch._dynamo.guards: GuardBuilder.get
        torch._dynamo.guards.GuardBuilder: get
        torch.fx.experimental.symbolic_shapes.ShapeEnv: evaluate_guards_expression
        torch.utils._config_module.ConfigModule: load_config
        torch.utils.bottleneck.__main__: run_cprofile run_autograd_prof
        torch.utils.data.datapipes.utils.decoder: basichandlers
        torch.distributed.elastic.rendezvous.api: basichandlers
        torch.testing._internal.common_utils: run_tests
        pandas: eval
        pandas.core.computation.eval: eval
        numexpr: evaluate
        numexpr.necompiler: evaluate
        sympy: sympify
        sympy.core.sympify: sympify
        sympy.parsing.sympy_parser: parse_expr eval_expr
        IPython: embed start_ipython
        IPython.core.interactiveshell: InteractiveShell.run_cell
        pytest: main
        click: launch edit
        dotenv: set_key
        dotenv.main: set_key
        dotenv.cli: set_value
        yaml: load load_all unsafe_load unsafe_load_all full_load Loader UnsafeLoader CLoader CUnsafeLoader
        yaml.loader: Loader UnsafeLoader
        yaml.cyaml: CLoader CUnsafeLoader
        threading + Thread Timer Thread.start
        _thread
        weakref: finalize
        atexit
        multiprocessing: Process Pool Manager Pipe Queue
        multiprocessing.context: Process SpawnProcess ForkProcess ForkServerProcess
        multiprocessing.process: BaseProcess
        multiprocessing.pool: Pool ThreadPool
        multiprocessing.util: spawnv_passfds
        multiprocessing.spawn: spawn_main prepare import_main_path
        multiprocessing.forkserver: main
        multiprocessing.managers: BaseManager SyncManager
        concurrent.futures: ProcessPoolExecutor ThreadPoolExecutor ProcessPoolExecutor.map ProcessPoolExecutor.submit
        concurrent.futures: ProcessPoolExecutor.shutdown ThreadPoolExecutor.map ThreadPoolExecutor.submit
        concurrent.futures: ThreadPoolExecutor.shutdown
        concurrent.futures.process: ProcessPoolExecutor
        concurrent.futures.thread: ThreadPoolExecutor
        asyncio: run create_subprocess_exec create_subprocess_shell open_connection start_server to_thread
        asyncio: open_unix_connection start_unix_server create_task ensure_future run_coroutine_threadsafe
        asyncio.runners: run
        asyncio.subprocess: create_subprocess_exec create_subprocess_shell
        asyncio.threads: to_thread
        asyncio.base_events: _run_until_complete_cb
        asyncio.unix_events: _UnixSelectorEventLoop._make_subprocess_transport _UnixSubprocessTransport._start
        asyncio.unix_events: _UnixSubprocessTransport
        asyncio.streams: open_connection start_server open_unix_connection start_unix_server
        rlcompleter: Completer.attr_matches
        cgitb: handler enable
        wsgiref.handlers: CGIHandler
        xml.sax: make_parser
        lib2to3.main: main
        lib2to3.refactor: get_fixers_from_package
        _pydecimal: setcontext
        decimal: setcontext
        py_compile
        compileall
        tracemalloc: start
    """,
    IMPORTS: """
        builtins: __import__
        importlib
        importlib.util
        importlib.machinery: SourceFileLoader ExtensionFileLoader SourcelessFileLoader
        importlib.abc: SourceLoader
        importlib._abc: Loader.load_module
        importlib._bootstrap: _gcd_import __import__ _load _load_unlocked _find_and_load _call_with_frames_removed _exec
        importlib._bootstrap_external: SourceFileLoader ExtensionFileLoader SourcelessFileLoader FileLoader.load_module
        _frozen_importlib: _gcd_import __import__ _load _load_unlocked _find_and_load _call_with_frames_removed _exec
        _frozen_importlib: BuiltinImporter.load_module BuiltinImporter.exec_module
        _frozen_importlib_external: SourceFileLoader ExtensionFileLoader SourcelessFileLoader
        _imp
        imp: load_module load_source load_dynamic load_compiled load_package find_module init_builtin init_frozen reload
        imp: create_dynamic new_module
        pkgutil
        zipimport: zipimporter
        modulefinder: ModuleFinder
        site: addpackage addsitedir main execsitecustomize execusercustomize
        inspect: currentframe getmembers stack getattr_static
        gc: get_objects get_referents get_referrers
        copyreg: add_extension remove_extension pickle constructor
        sys: settrace setprofile exit _getframe _current_frames breakpointhook displayhook excepthook unraisablehook modules
        sys: meta_path path_hooks path addaudithook call_tracing set_asyncgen_hooks path_importer_cache __breakpointhook__
        sys: setrecursionlimit _clear_type_cache set_coroutine_origin_tracking_depth remote_exec activate_stack_trampoline
        sys: __dict__ stdout stderr stdin __stdout__ __stderr__ __stdin__ _current_exceptions
        six.moves: getoutput
        six.moves.builtins: eval exec compile __import__ open getattr
        six.moves.cPickle: load loads
        django.utils.module_loading: import_string
        werkzeug.utils: import_string
        pydoc: locate resolve safeimport importfile
        logging.config
        torch.package.package_importer: PackageImporter
        torch.package: PackageImporter
        hydra.utils: instantiate call get_class get_method get_object
        hydra._internal.instantiate._instantiate2: instantiate
        monai.utils: optional_import
    """,
    PICKLES: """
        pickle + Unpickler _Unpickler
        _pickle + Unpickler
        cPickle: load loads Unpickler
        shelve + Shelf DbfilenameShelf
        dbm: open
        marshal
        dill: load loads load_session load_module load_module_asdict Unpickler
        dill._dill: load loads Unpickler load_session
        dill.session: load_session load_module load_module_asdict
        cloudpickle: load loads
        cloudpickle.cloudpickle: load loads
        joblib: load
        joblib.numpy_pickle: load load_temporary_memmap _unpickle _pickle_load
        joblib._pickle_load: load
        jsonpickle: decode
        jsonpickle.unpickler: decode
        pandas: read_pickle
        pandas.io.pickle: read_pickle
        pandas.compat.pickle_compat: load loads
        torch: load
        torch.serialization: load _load _legacy_load
        torch.jit: load
        torch.jit._serialization: load
        torch.utils._config_module: ConfigModule ConfigModule.load_config
        torch.multiprocessing.reductions: rebuild_storage_filename
        torch.distributed.distributed_c10d: _tensor_to_object _object_to_tensor
        numpy.lib.npyio: load
        numpy.lib._npyio_impl: load
        lib2to3.pgen2.grammar: Grammar.loads Grammar.load
        multiprocessing.connection: Client Listener answer_challenge deliver_challenge
        multiprocessing.reduction: recv_handle
        keras.models: load_model
        keras.saving: load_model
        keras.utils: get_file
        mlflow.pyfunc: load_model
        skops.io: load
    """,
    FILES: """
        builtins: open file
        io: open open_code FileIO FileIO.write TextIOWrapper.write
        _io: open open_code FileIO FileIO.write TextIOWrapper.write
        _pyio: open open_code FileIO
        codecs: open StreamReaderWriter.write
        shutil
        tempfile + TemporaryDirectory _TemporaryFileWrapper
        fileinput + FileInput
        filecmp
        linecache
        glob: glob1
        distutils.file_util: write_file copy_file move_file
        distutils.dir_util: copy_tree remove_tree mkpath create_tree
        zipfile: ZipFile PyZipFile main
        tarfile: open main TarFile.extractall TarFile.open
        gzip: open
        bz2: open
        lzma: open
        logging: FileHandler basicConfig
        logging.handlers: RotatingFileHandler TimedRotatingFileHandler WatchedFileHandler
        mailbox: Babyl.add Maildir _singlefileMailbox.add
        configparser: ConfigParser.read RawConfigParser.read
        csv: DictWriter.writerow DictWriter.writerows
        pathlib: Path.write_text Path.write_bytes Path.unlink Path.open Path.rmdir Path.rename Path.read_text Path.read_bytes
        pathlib._local: Path.write_text Path.write_bytes Path.unlink Path.open
        pathlib: Path.mkdir Path.touch Path.symlink_to Path.hardlink_to Path.chmod Path.replace
        sqlite3: connect enable_callback_tracebacks
        sqlite3.dbapi2: connect
        _sqlite3: connect
        mmap: mmap
        numpy: save savez savez_compressed savetxt memmap fromfile load loadtxt genfromtxt
        numpy.lib.npyio: save savez savez_compressed savetxt
        numpy.lib._npyio_impl: save savez savez_compressed savetxt
        numpy.lib.format: open_memmap
        numpy.memmap: memmap
        torch: save from_file
        torch.serialization: save
        torch.UntypedStorage: from_file
        torch.jit: save
        resource: setrlimit prlimit
        syslog
    """,
    NETWORK: """
        socket + socket create_connection create_server socketpair
        _socket + socket
        ssl: get_server_certificate wrap_socket create_default_context SSLContext.wrap_socket
        _ssl: _test_decode_cert
        socketserver: TCPServer UDPServer ThreadingTCPServer UnixStreamServer BaseServer
        http.client: HTTPConnection HTTPSConnection
        http.server: HTTPServer ThreadingHTTPServer test
        httplib: HTTPConnection HTTPSConnection HTTP
        urllib: urlopen urlretrieve
        urllib.request
        urllib2: urlopen build_opener install_opener Request
        urllib3: request PoolManager
        urllib3.connectionpool: connection_from_url
        requests: get post put delete head options patch request
        requests.api: get post put delete head options patch request
        requests.sessions: Session.request session
        httpx: get post put delete head options patch request stream Client AsyncClient
        httpx._api: get post put delete head options patch request stream
        aiohttp: request ClientSession
        aiohttp.client: request ClientSession
        aiohttp.web: run_app
        wget: download
        ftplib: FTP FTP_TLS test
        smtplib: SMTP SMTP_SSL LMTP
        poplib: POP3 POP3_SSL
        imaplib: IMAP4 IMAP4_SSL
        nntplib: NNTP NNTP_SSL
        telnetlib: Telnet
        xmlrpc.client: ServerProxy Server
        xmlrpclib: ServerProxy Server
        webbrowser + get open open_new open_new_tab
        select: select poll epoll
        selectors: DefaultSelector EpollSelector
        paramiko: SSHClient
        boto3: client resource
        torch.hub
        torch.hub: load load_state_dict_from_url download_url_to_file help list
        torch.distributed.rpc: init_rpc rpc_sync rpc_async remote
        torch.distributed.rpc.api: init_rpc rpc_sync rpc_async remote
        huggingface_hub: hf_hub_download snapshot_download
        uuid: getnode
    """,
    NATIVE: """
        ctypes + CDLL PyDLL WinDLL OleDLL LibraryLoader CFUNCTYPE PYFUNCTYPE WINFUNCTYPE pythonapi cdll pydll windll
        ctypes + cdll.LoadLibrary memmove memset string_at cast
        _ctypes: dlopen dlsym dlclose LoadLibrary call_function call_cdeclfunction CFuncPtr PyObj_FromPtr
        numpy.ctypeslib: load_library
        numpy.ctypeslib._ctypeslib: load_library
        cffi: FFI
        cffi.api: FFI FFI.dlopen
        torch.ops: load_library
        torch._ops: _Ops.load_library
        torch.classes: load_library
        tensorflow: load_library load_op_library
        winreg: SetValue SetValueEx DeleteKey
        msvcrt: putch
    """,
    PROCESS: """
        signal: signal alarm setitimer raise_signal pthread_kill set_wakeup_fd siginterrupt pause sigwait default_int_handler
        _signal: signal alarm setitimer raise_signal pthread_kill set_wakeup_fd siginterrupt pause sigwait
        faulthandler
        warnings: filterwarnings resetwarnings simplefilter
        logging: captureWarnings
    """,
}

# Harmless, and common enough in what people pickle by name.
HARMLESS = {
    "os": "fspath fsencode fsdecode getcwd getcwdb getpid cpu_count get_terminal_size getenv getenvb stat lstat uname times getlogin strerror process_cpu_count isatty cpu_count device_encoding major minor makedev sysconf getpagesize".split(),
    "os.path": [],
}
HARMLESS["posix"] = HARMLESS["nt"] = HARMLESS["os"]
HARMLESS["importlib"] = ["invalidate_caches"]
HARMLESS["importlib.util"] = ["source_hash", "resolve_name", "cache_from_source", "source_from_cache", "decode_source"]
HARMLESS["pickle"] = HARMLESS["_pickle"] = ["dumps", "dump", "_dumps", "_dump", "encode_long", "decode_long", "whichmodule"]
HARMLESS["marshal"] = ["dumps"]
HARMLESS["subprocess"] = ["list2cmdline"]
HARMLESS["tempfile"] = ["gettempdir", "gettempprefix", "gettempdirb", "gettempprefixb"]
HARMLESS["urllib.request"] = ["parse_http_list", "parse_keqv_list", "pathname2url", "url2pathname", "quote", "unquote", "urlparse", "urljoin", "urlsplit", "urlunparse", "unwrap", "unquote_to_bytes"]
HARMLESS["threading"] = ["get_ident", "get_native_id", "current_thread", "main_thread", "active_count", "currentThread", "activeCount", "RLock", "Lock", "Condition", "allocate_lock"]
HARMLESS["_thread"] = ["get_ident", "get_native_id", "allocate_lock", "allocate", "RLock"]
HARMLESS["socket"] = ["htonl", "htons", "ntohl", "ntohs", "inet_aton", "inet_ntoa", "inet_ntop", "inet_pton", "has_dualstack_ipv6", "namedtuple", "CMSG_LEN", "CMSG_SPACE"]
HARMLESS["_socket"] = HARMLESS["socket"]
HARMLESS["ctypes"] = ["sizeof", "alignment", "addressof", "byref", "ARRAY", "POINTER", "pointer", "resize", "set_errno", "get_errno", "create_string_buffer", "create_unicode_buffer", "c_buffer"]
HARMLESS["pipes"] = ["quote"]
HARMLESS["shutil"] = ["get_terminal_size", "disk_usage", "which", "get_archive_formats", "get_unpack_formats"]
