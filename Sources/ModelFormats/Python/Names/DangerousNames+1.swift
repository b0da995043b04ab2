// Written by TestArtifacts/make/python/names.py; what is wrong here is wrong there.

extension DangerousNames {
    static let part1: [(reason: String, names: String)] = [
        (
            "runs commands and changes files",
            """
            os WCOREDUMP WEXITSTATUS WIFCONTINUED WIFEXITED WIFSIGNALED WIFSTOPPED WSTOPSIG WTERMSIG _check_methods
            os _execvpe _exists _exit _fspath _fwalk _get_exports_list _spawnvef _walk _wrap_close abort access chdir
            os chmod chown chroot close closerange confstr copy_file_range ctermid dup dup2 eventfd eventfd_read
            os eventfd_write execl execle execlp execlpe execv execve execvp execvpe fchdir fchmod fchown fdatasync fdopen
            os fork forkpty fpathconf fstat fstatvfs fsync ftruncate fwalk get_blocking get_exec_path get_inheritable
            os getcwdu getegid geteuid getgid getgrouplist getgroups getloadavg getpgid getpgrp getppid getpriority
            os getrandom getresgid getresuid getsid getuid getxattr grantpt initgroups kill killpg lchown link listdir
            os listxattr lockf login_tty lseek makedirs memfd_create mkdir mkfifo mknod nice open openpty pathconf
            os pidfd_open pipe pipe2 popen popen2 popen3 popen4 posix_fadvise posix_fallocate posix_openpt posix_spawn
            os posix_spawnp pread preadv ptsname putenv pwrite pwritev read readlink readv register_at_fork remove
            os removedirs removexattr rename renames replace rmdir scandir sched_get_priority_max sched_get_priority_min
            os sched_getaffinity sched_getparam sched_getscheduler sched_rr_get_interval sched_setaffinity sched_setparam
            os sched_setscheduler sched_yield sendfile set_blocking set_inheritable setegid seteuid setgid setgroups setns
            os setpgid setpgrp setpriority setregid setresgid setresuid setreuid setsid setuid setxattr spawnl spawnle
            os spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe splice startfile statvfs symlink sync system tcgetpgrp
            os tcsetpgrp tempnam timerfd_create timerfd_gettime timerfd_gettime_ns timerfd_settime timerfd_settime_ns
            os tmpfile tmpnam truncate ttyname umask unlink unlockpt unsetenv unshare urandom utime wait wait3 wait4
            os waitid waitpid waitstatus_to_exitcode walk write writev
            """
        ),
        (
            "runs commands and changes files; os.system is pickled under this name",
            """
            posix WCOREDUMP WEXITSTATUS WIFCONTINUED WIFEXITED WIFSIGNALED WIFSTOPPED WSTOPSIG WTERMSIG _exit _inputhook
            posix _is_inputhook_installed _path_normpath _path_splitroot_ex abort access chdir chmod chown chroot close
            posix closerange confstr copy_file_range ctermid dup dup2 eventfd eventfd_read eventfd_write execv execve
            posix fchdir fchmod fchown fdatasync fork forkpty fpathconf fstat fstatvfs fsync ftruncate get_blocking
            posix get_inheritable getcwdu getegid geteuid getgid getgrouplist getgroups getloadavg getpgid getpgrp getppid
            posix getpriority getrandom getresgid getresuid getsid getuid getxattr grantpt initgroups kill killpg lchown
            posix link listdir listxattr lockf login_tty lseek memfd_create mkdir mkfifo mknod nice open openpty pathconf
            posix pidfd_open pipe pipe2 popen popen2 popen3 popen4 posix_fadvise posix_fallocate posix_openpt posix_spawn
            posix posix_spawnp pread preadv ptsname putenv pwrite pwritev read readlink readv register_at_fork remove
            posix removexattr rename replace rmdir scandir sched_get_priority_max sched_get_priority_min sched_getaffinity
            posix sched_getparam sched_getscheduler sched_rr_get_interval sched_setaffinity sched_setparam
            posix sched_setscheduler sched_yield sendfile set_blocking set_inheritable setegid seteuid setgid setgroups
            posix setns setpgid setpgrp setpriority setregid setresgid setresuid setreuid setsid setuid setxattr spawnl
            posix spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe splice startfile statvfs symlink sync system
            posix tcgetpgrp tcsetpgrp tempnam timerfd_create timerfd_gettime timerfd_gettime_ns timerfd_settime
            posix timerfd_settime_ns tmpfile tmpnam truncate ttyname umask unlink unlockpt unsetenv unshare urandom utime
            posix wait wait3 wait4 waitid waitpid waitstatus_to_exitcode write writev
            posixpath _path_normpath normpath splitroot
            random _urandom
            """
        ),
        (
            "runs commands and changes files; os.system is pickled under this name on Windows",
            """
            nt _exit abort chdir chmod dup dup2 execv execve fork forkpty getcwdu kill link listdir mkdir open pipe popen
            nt popen2 popen3 popen4 putenv read remove rename replace rmdir scandir spawnl spawnle spawnlp spawnlpe spawnv
            nt spawnve spawnvp spawnvpe startfile symlink system tempnam tmpfile tmpnam truncate unlink utime write
            """
        ),
        (
            "runs commands",
            """
            _aix_support _aix_bgt _aix_bos_rte _aix_tag _aix_vrtl _read_cmd_output aix_buildtag aix_platform
            _bootsubprocess _check_cmd check_output
            _osx_support _check_for_unavailable_sdk _default_sysroot _find_appropriate_compiler _find_build_tool
            _osx_support _find_executable _get_system_version _get_system_version_tuple _override_all_archs _read_output
            _osx_support _remove_original_values _remove_universal_flags _remove_unsupported_archs _save_modified_value
            _osx_support _supports_arm64_builds _supports_universal_builds compiler_fixup customize_compiler
            _osx_support customize_config_vars get_platform_osx
            _posixsubprocess fork_exec
            _pyrepl.main interactive_console
            _pyrepl.pager get_pager pipe_pager plain_pager tempfile_pager tty_pager
            _tkinter TkappType.call TkappType.eval create
            _winapi CreateProcess
            commands getoutput getstatus getstatusoutput mk2arg mkarg
            ctypes._aix Popen
            ctypes.util _findLib_gcc _findLib_ld _findSoname_ldconfig _get_soname _is_elf find_library test
            distutils.archive_util spawn
            distutils.ccompiler spawn
            distutils.cmd Command
            distutils.command.bdist Command
            distutils.command.install_egg_info Command
            distutils.command.upload spawn
            distutils.config Command
            distutils.core run_setup setup
            distutils.cygwinccompiler check_output
            distutils.spawn find_executable spawn
            distutils.util spawn
            ensurepip _bootstrap _main _run_pip bootstrap
            ensurepip._uninstall _main
            idlelib.run Executive.runcode main
            imaplib IMAP4_stream
            lldb SBDebugger.HandleCommand
            mailcap _find_unsafe _readmailcapfile findmatch findparam getcaps lineno_sort_key listmailcapfiles lookup
            mailcap parsefield parseline readmailcapfile show subst test
            multiprocessing.util _args_from_interpreter_flags
            numpy.distutils.exec_command _exec_command exec_command
            numpy.f2py compile get_include
            pexpect run runu spawn
            pexpect.pty_spawn spawn
            pip main
            pip._internal main
            pip._internal.cli.main main
            pip._internal.cli.main_parser parse_command
            pip._internal.main main
            pip._internal.utils.subprocess call_subprocess runner_with_spinner_message
            pip._vendor.distlib.scripts ScriptMaker
            pipes Template Template.copy Template.open Template.open_r Template.open_w
            platform _syscmd_file _syscmd_uname _syscmd_ver popen
            popen2 Popen3 Popen4 popen2 popen3 popen4
            pty _copy _open_terminal _read close fork master_open openpty select setraw slave_open spawn tcgetattr
            pty tcsetattr waitpid
            ptyprocess PtyProcess
            pydoc Helper _adjust_cli_sys_path _escape_stdout _findclass _finddoc _get_revised_path _getargspec _getdoc
            pydoc _getowndoc _is_bound_method _split_list _start_server _url_handler allmethods apropos browse
            pydoc classify_class_attrs classname cli cram describe doc format_exception_only get_pager getdoc getpager
            pydoc importfile isdata ispackage ispath locate pager parentname pathdirs pipe_pager pipepager plain
            pydoc plain_pager plainpager render_doc replace resolve safeimport sort_attributes source_synopsis splitdoc
            pydoc stripid synopsis tempfile_pager tempfilepager tty_pager ttypager visiblename writedoc writedocs
            setuptools setup
            setuptools._distutils.core run_setup setup
            setuptools._distutils.spawn spawn
            sh Command
            subprocess Popen _WIFSTOPPED _WSTOPSIG _args_from_interpreter_flags _cleanup _fork_exec
            subprocess _optim_args_from_interpreter_flags _text_encoding _time _use_posix_spawn _waitpid
            subprocess _waitstatus_to_exitcode call check_call check_output getoutput getstatusoutput run
            test.support.script_helper assert_python_failure assert_python_ok kill_python run_python_until_end
            test.support.script_helper spawn_python
            tkinter Tcl Tk
            torch._inductor.codecache compile_file
            torch._inductor.cpp_builder _run_compile_cmd run_compile_cmd
            torch.utils.collect_env get_env_info main run run_and_parse_first_match run_and_read_all
            torch.utils.collect_env run_and_return_first_line
            torch.utils.cpp_extension _jit_compile _run_ninja_build _write_ninja_file_and_build_library load load_inline
            uuid _arp_getnode _get_command_stdout _ifconfig_getnode _ip_getnode _lanscan_getnode _netstat_getnode _popen
            venv EnvBuilder create main
            xmlrpc.server CGIXMLRPCRequestHandler
            """
        ),
        (
            "runs code",
            """
            IPython embed start_ipython
            IPython.core.interactiveshell InteractiveShell.run_cell
            _decimal setcontext
            _interpreters call create exec run_string
            _pydecimal setcontext
            _testcapi run_in_subinterp
            _testinternalcapi run_in_subinterp_with_config
            _thread _count _excepthook _get_main_thread_ident _is_main_interpreter _make_thread_handle _set_sentinel
            _thread _shutdown daemon_threads_allowed exit exit_thread interrupt_main stack_size start_joinable_thread
            _thread start_new start_new_thread
            _xxsubinterpreters create run_func run_string
            asyncio create_subprocess_exec create_subprocess_shell create_task ensure_future open_connection
            asyncio open_unix_connection run run_coroutine_threadsafe start_server start_unix_server to_thread
            asyncio.base_events _run_until_complete_cb
            asyncio.runners run
            asyncio.streams open_connection open_unix_connection start_server start_unix_server
            asyncio.subprocess create_subprocess_exec create_subprocess_shell
            asyncio.threads to_thread
            asyncio.unix_events _UnixSelectorEventLoop._make_subprocess_transport _UnixSubprocessTransport
            asyncio.unix_events _UnixSubprocessTransport._start
            atexit _clear _ncallbacks _run_exitfuncs register unregister
            bdb Bdb Bdb.run Bdb.runcall Bdb.runctx Bdb.runeval Tdb bar checkfuncname effective foo set_trace test
            builtins __build_class__ apply breakpoint compile dir eval exec execfile exit globals help input locals
            builtins memoryview quit raw_input reload vars
            cProfile Profile Profile.run Profile.runcall Profile.runctx label main run runctx
            cgitb enable handler
            click edit launch
            code CommandCompiler InteractiveConsole InteractiveConsole.interact InteractiveConsole.push
            code InteractiveInterpreter InteractiveInterpreter.runcode InteractiveInterpreter.runsource compile_command
            code interact
            codeop CommandCompiler Compile _compile _is_syntax_error _maybe_compile compile_command
            compileall _walk_dir compile_dir compile_file compile_path main
            concurrent.futures ProcessPoolExecutor ProcessPoolExecutor.map ProcessPoolExecutor.shutdown
            concurrent.futures ProcessPoolExecutor.submit ThreadPoolExecutor ThreadPoolExecutor.map
            concurrent.futures ThreadPoolExecutor.shutdown ThreadPoolExecutor.submit
            concurrent.futures.process ProcessPoolExecutor
            concurrent.futures.thread ThreadPoolExecutor
            contextlib ExitStack.callback
            contextvars Context.run
            dataclasses _create_fn
            decimal setcontext
            doctest DocFileSuite DocFileTest DocTestRunner DocTestSuite _comment_line _ellipsis_match _exception_traceback
            doctest _extract_future_flags _indent _load_testfile _module_relative_path _n_items _newline_convert
            doctest _normalize_module _strip_exception_details _test can_colorize debug debug_script debug_src namedtuple
            doctest register_optionflag run_docstring_examples script_from_examples set_unittest_reportflags testfile
            doctest testmod testsource
            dotenv set_key
            dotenv.cli set_value
            dotenv.main set_key
            idlelib.autocomplete AutoComplete.fetch_completions AutoComplete.get_entity
            idlelib.calltip Calltip.fetch_tip get_entity
            idlelib.debugobj ObjectTreeItem.SetText
            idlelib.pyshell ModifiedInterpreter.runcode ModifiedInterpreter.runcommand
            lib2to3.main main
            lib2to3.pgen2.pgen ParserGenerator.make_label
            lib2to3.refactor get_fixers_from_package
            multiprocessing Manager Pipe Pool Process Queue
            multiprocessing.context ForkProcess ForkServerProcess Process SpawnProcess
            multiprocessing.forkserver main
            multiprocessing.managers BaseManager SyncManager
            multiprocessing.pool Pool ThreadPool
            multiprocessing.process BaseProcess
            multiprocessing.spawn import_main_path prepare spawn_main
            multiprocessing.util spawnv_passfds
            numexpr evaluate
            numexpr.necompiler evaluate
            numpy.f2py.crackfortran _eval_length _eval_scalar getlincoef myeval
            numpy.f2py.diagnose run run_command
            numpy.ma.core fromflex
            numpy.testing measure rundocs runstring
            numpy.testing._private.utils measure rundocs runstring
            numpy.testing.utils measure rundocs runstring
            pandas eval
            pandas.core.computation.eval eval
            pdb Pdb Pdb.do_break Pdb.run Union _post_mortem contextmanager find_first_executable_line find_function help
            pdb lasti2lineno main pm post_mortem run runcall runctx runeval set_trace test
            profile Profile Profile.run Profile.runcall Profile.runctx main run runctx
            py_compile _get_default_invalidation_mode compile main
            pytest main
            rlcompleter Completer.attr_matches
            runpy _TempModule _get_code_from_file _get_main_module_details _get_module_details _run_code
            runpy _run_module_as_main _run_module_code run_module run_path
            sched scheduler scheduler.enter scheduler.enterabs scheduler.run
            sqlite3 Binary
            sqlite3.dbapi2 Binary
            sympy sympify
            sympy.core.sympify sympify
            sympy.parsing.sympy_parser eval_expr parse_expr
            threading Thread Thread.start Timer __excepthook__ _after_fork _allocate_lock _counter _daemon_threads_allowed
            threading _enumerate _get_main_thread_ident _is_main_interpreter _maintain_shutdown_locks
            threading _make_invoke_excepthook _make_thread_handle _newname _register_atexit _set_sentinel _shutdown
            threading _start_joinable_thread _start_new_thread _thread_shutdown _time enumerate excepthook getprofile
            threading gettrace setprofile setprofile_all_threads settrace settrace_all_threads stack_size
            timeit Timer Timer.timeit _globals default_timer main reindent repeat timeit
            torch compile
            torch._dynamo.guards GuardBuilder.get
            torch._dynamo.guards.GuardBuilder get
            torch.distributed.elastic.rendezvous.api basichandlers
            torch.fx.experimental.symbolic_shapes ShapeEnv.evaluate_guards_expression
            torch.fx.experimental.symbolic_shapes.ShapeEnv evaluate_guards_expression
            torch.fx.graph_module _exec_with_source _forward_from_src _method_from_src
            torch.jit.unsupported_tensor_ops execWrapper
            torch.testing._internal.common_utils run_tests
            torch.utils._config_module.ConfigModule load_config
            torch.utils.bottleneck.__main__ run_autograd_prof run_cprofile
            torch.utils.data.datapipes.utils.decoder basichandlers
            trace Trace Trace.run Trace.runctx Trace.runfunc _find_executable_linenos _find_lines _find_lines_from_code
            trace _find_strings _fullmodname _modname _time main
            tracemalloc start
            types CodeType FunctionType LambdaType
            typing ForwardRef._evaluate _eval_type get_type_hints
            unittest TestLoader.discover TestLoader.loadTestsFromName TestLoader.loadTestsFromNames
            unittest defaultTestLoader.discover defaultTestLoader.loadTestsFromName defaultTestLoader.loadTestsFromNames
            unittest main
            unittest.loader TestLoader.discover TestLoader.loadTestsFromName TestLoader.loadTestsFromNames
            unittest.mock _get_target _patch.start patch patch.dict patch.multiple
            weakref finalize
            wsgiref.handlers CGIHandler
            xml.sax make_parser
            yaml CLoader CUnsafeLoader Loader UnsafeLoader full_load load load_all unsafe_load unsafe_load_all
            yaml.cyaml CLoader CUnsafeLoader
            yaml.loader Loader UnsafeLoader
            """
        ),
        (
            "imports any module or object by name",
            """
            _frozen_importlib BuiltinImporter.exec_module BuiltinImporter.load_module __import__ _call_with_frames_removed
            _frozen_importlib _exec _find_and_load _gcd_import _load _load_unlocked
            _frozen_importlib_external ExtensionFileLoader SourceFileLoader SourcelessFileLoader
            _imp _fix_co_filename _frozen_module_names _override_frozen_modules_for_tests
            _imp _override_multi_interp_extensions_check acquire_lock create_builtin create_dynamic exec_builtin
            _imp exec_dynamic extension_suffixes find_frozen get_frozen_object init_frozen is_builtin is_frozen
            _imp is_frozen_package lock_held release_lock source_hash
            builtins __import__
            """
        ),
    ]
}
