// Written by TestArtifacts/make/python/names.py; what is wrong here is wrong there.

/// Attributes of modules that are modules themselves, as far as something dangerous is in these.
enum PythonAliases {
    /// An attribute and the modules that it is in one place or another: `_os` is `os`, whatever module it is found in.
    static let modules = """
        ConfigModule torch.utils._config_module.ConfigModule
        GuardBuilder torch._dynamo.guards.GuardBuilder
        IPython IPython
        ShapeEnv torch.fx.experimental.symbolic_shapes.ShapeEnv
        UntypedStorage torch.UntypedStorage
        __main__ torch.utils.bottleneck.__main__
        _abc importlib._abc
        _aix ctypes._aix
        _aix_support _aix_support
        _api httpx._api
        _bootstrap importlib._bootstrap
        _bootstrap_external importlib._bootstrap_external
        _bootsubprocess _bootsubprocess
        _config_module torch.utils._config_module
        _ctypes _ctypes
        _ctypeslib numpy.ctypeslib._ctypeslib
        _dataclasses dataclasses
        _decimal _decimal
        _dill dill._dill
        _endian ctypes._endian
        _frozen_importlib _frozen_importlib importlib._bootstrap
        _frozen_importlib_external _frozen_importlib_external importlib._bootstrap_external
        _imp _imp
        _instantiate2 hydra._internal.instantiate._instantiate2
        _internal pip._internal
        _interpreters _interpreters
        _io _io io
        _local pathlib._local
        _npyio_impl numpy.lib._npyio_impl
        _ops torch._ops
        _os os posix
        _osx_support _osx_support
        _pickle _pickle
        _pickle_load joblib._pickle_load
        _posixsubprocess _posixsubprocess
        _pydecimal _pydecimal
        _pyio _pyio
        _pyprofile profile
        _random random
        _serialization torch.jit._serialization
        _shutil shutil
        _signal _signal
        _socket _socket socket
        _sqlite3 _sqlite3
        _ssl _ssl
        _sys sys
        _testcapi _testcapi
        _testinternalcapi _testinternalcapi
        _thread _thread
        _threading threading
        _tkinter _tkinter
        _types types
        _uninstall ensurepip._uninstall
        _warnings warnings
        _weakref weakref
        _winapi _winapi
        _xxsubinterpreters _xxsubinterpreters
        abc importlib.abc
        aiohttp aiohttp
        api cffi.api requests.api torch.distributed.elastic.rendezvous.api torch.distributed.rpc.api
        archive_util distutils.archive_util
        asyncio asyncio
        atexit atexit
        autocomplete idlelib.autocomplete
        base_events asyncio.base_events
        bcppcompiler distutils.bcppcompiler
        bdb bdb
        bdist distutils.command.bdist
        bdist_dumb distutils.command.bdist_dumb
        bdist_rpm distutils.command.bdist_rpm
        bltns builtins
        boto3 boto3
        builtins builtins six.moves.builtins
        bz2 bz2
        cPickle cPickle six.moves.cPickle
        cProfile cProfile
        calltip idlelib.calltip
        ccompiler distutils.ccompiler
        cffi cffi
        cgitb cgitb
        classes torch.classes
        clean distutils.command.clean
        cli dotenv.cli
        click click
        client aiohttp.client http.client xmlrpc.client
        cloudpickle cloudpickle cloudpickle.cloudpickle
        cmd distutils.cmd
        code code
        codecache torch._inductor.codecache
        codecs codecs
        codeop codeop
        collect_env torch.utils.collect_env
        commands commands
        common_utils torch.testing._internal.common_utils
        compileall compileall
        config distutils.config logging.config
        configparser configparser
        connection multiprocessing.connection
        connectionpool urllib3.connectionpool
        context multiprocessing.context
        contextlib contextlib
        contextvars contextvars
        copyreg copyreg
        core distutils.core numpy.ma.core setuptools._distutils.core
        cpp_builder torch._inductor.cpp_builder
        cpp_extension torch.utils.cpp_extension
        crackfortran numpy.f2py.crackfortran
        csv csv
        ctypes ctypes
        ctypeslib numpy.ctypeslib
        cyaml yaml.cyaml
        cygwinccompiler distutils.cygwinccompiler
        dataclasses dataclasses
        dbapi2 sqlite3.dbapi2
        dbm dbm
        debugobj idlelib.debugobj
        decimal decimal
        decoder torch.utils.data.datapipes.utils.decoder
        diagnose numpy.f2py.diagnose
        dill dill
        dir_util distutils.dir_util
        distributed_c10d torch.distributed.distributed_c10d
        doctest doctest
        dotenv dotenv
        ensurepip ensurepip
        eval pandas.core.computation.eval
        exec_command numpy.distutils.exec_command
        f2py numpy.f2py
        faulthandler faulthandler
        file_util distutils.file_util
        filecmp filecmp
        fileinput fileinput
        forkserver multiprocessing.forkserver
        format numpy.lib.format
        ftplib ftplib
        futures concurrent.futures
        gc gc
        glob glob
        grammar lib2to3.pgen2.grammar
        graph_module torch.fx.graph_module
        guards torch._dynamo.guards
        gzip gzip
        handlers logging.handlers wsgiref.handlers
        httplib httplib
        httpx httpx
        hub torch.hub
        huggingface_hub huggingface_hub
        imaplib imaplib
        imp imp
        importlib importlib
        inspect inspect
        install distutils.command.install
        install_egg_info distutils.command.install_egg_info
        interactiveshell IPython.core.interactiveshell
        io io skops.io
        jit torch.jit
        joblib joblib
        jsonpickle jsonpickle
        linecache linecache
        lldb lldb
        loader unittest.loader yaml.loader
        logging logging
        lzma lzma
        machinery importlib.machinery
        mailbox mailbox
        mailcap mailcap
        main _pyrepl.main dotenv.main lib2to3.main pip._internal.cli.main pip._internal.main
        main_parser pip._internal.cli.main_parser
        managers multiprocessing.managers
        marshal marshal
        memmap numpy.memmap
        metadata importlib.metadata
        mmap mmap
        mock unittest.mock
        models keras.models
        module_loading django.utils.module_loading
        modulefinder modulefinder
        moves six.moves
        mp multiprocessing
        msvcrt msvcrt
        multiprocessing multiprocessing
        necompiler numexpr.necompiler
        nntplib nntplib
        npyio numpy.lib.npyio
        nt nt
        numexpr numexpr
        numpy numpy
        numpy_pickle joblib.numpy_pickle
        ops torch.ops
        os os
        package torch.package
        package_importer torch.package.package_importer
        pager _pyrepl.pager
        pandas pandas
        paramiko paramiko
        path posixpath
        pathlib pathlib
        pdb pdb
        pexpect pexpect
        pgen lib2to3.pgen2.pgen
        pickle pandas.io.pickle pickle
        pickle_compat pandas.compat.pickle_compat
        pip pip
        pipes pipes
        pkgutil pkgutil
        platform platform
        pool multiprocessing.pool
        popen2 popen2
        poplib poplib
        posix posix
        posixpath posixpath
        process concurrent.futures.process multiprocessing.process
        profile profile
        pty pty
        pty_spawn pexpect.pty_spawn
        ptyprocess ptyprocess
        py_compile py_compile
        pydoc pydoc
        pyfunc mlflow.pyfunc
        pyshell idlelib.pyshell
        pytest pytest
        random random
        reducer multiprocessing.reduction
        reduction multiprocessing.reduction
        reductions torch.multiprocessing.reductions
        refactor lib2to3.refactor
        request urllib.request
        requests requests
        resource resource
        rlcompleter rlcompleter
        rpc torch.distributed.rpc
        run idlelib.run
        runners asyncio.runners
        runpy runpy
        saving keras.saving
        sax xml.sax
        sched sched
        script_helper test.support.script_helper
        scripts pip._vendor.distlib.scripts
        select select
        selectors selectors
        serialization torch.serialization
        server http.server xmlrpc.server
        session dill.session
        sessions requests.sessions
        setuptools setuptools
        sh sh
        shelve shelve
        shutil shutil
        signal signal
        simple_server wsgiref.simple_server
        site site
        smtplib smtplib
        socket socket
        socketserver socketserver
        spawn distutils.spawn multiprocessing.spawn setuptools._distutils.spawn
        sqlite3 sqlite3
        ssl ssl
        streams asyncio.streams
        subprocess asyncio.subprocess pip._internal.utils.subprocess subprocess
        symbolic_shapes torch.fx.experimental.symbolic_shapes
        sympify sympy.core.sympify
        sympy sympy
        sympy_parser sympy.parsing.sympy_parser
        sys sys
        syslog syslog
        tarfile tarfile
        telnetlib telnetlib
        tempfile tempfile
        tensorflow tensorflow
        testing numpy.testing
        thread concurrent.futures.thread
        threading threading
        threads asyncio.threads
        timeit timeit
        tkinter tkinter
        tokenize tokenize
        torch torch
        trace trace
        tracemalloc tracemalloc
        types types
        typing typing
        unittest unittest
        unix_console _pyrepl.unix_console
        unix_events asyncio.unix_events
        unpickler jsonpickle.unpickler
        unsupported_tensor_ops torch.jit.unsupported_tensor_ops
        upload distutils.command.upload
        urllib urllib
        urllib2 urllib2
        urllib3 urllib3
        util ctypes.util distutils.util importlib.util multiprocessing.util
        utils hydra.utils keras.utils monai.utils numpy.testing._private.utils numpy.testing.utils werkzeug.utils
        uuid uuid
        venv venv
        warnings warnings
        weakref weakref
        web aiohttp.web
        webbrowser webbrowser
        wget wget
        winreg winreg
        xmlrpclib xmlrpclib
        yaml yaml
        zipfile zipfile
        zipimport zipimport
        """
}
