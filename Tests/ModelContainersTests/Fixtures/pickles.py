"""Writes pickles.json: pickles, and what CPython's own unpickler makes of them when nothing is imported or called.

    python3 pickles.py            (Python 3.11; only its standard library)

Values are pickled by CPython in protocols 0 to 5; programs are random sequences of opcodes; flips are pickles with one
byte changed. The reference is pickle.py's stack machine with symbols in the place of what it would import and call,
so that stack, marks, memo and aliasing are CPython's. Its result is written as text:

    None True 5 big(le-hex) float(be-hex) "text" bytes(hex) bytearray(hex) (tuple,) frozenset{…}
    list#1[…] dict#2{key: value} set#3{…} <module name> <dynamic module name> <extension 7> pid(…) buffer(0)
    REDUCE#4(callee, arguments, keywords=…, state=…, items=[…], pairs={…})

What is mutable is numbered where it is met first; `#4` alone is the same one again.
"""
import array, collections, copyreg, datetime, decimal, enum, fractions, functools, io, itertools, json, os, pathlib
import pickle, pickletools, random, resource, struct, sys, uuid

LONGEST_BYTE_STRING = 1024  # a longer BINSTRING is left in the source
NAMES = {op.name: ord(op.code) for op in pickletools.opcodes}


# --- The reference ----------------------------------------------------------------------------------------------------

class Opaque:
    """What CPython may be able to add things to; what is added is not kept."""
    def append(self, item): pass
    extend = add = append
    def __setitem__(self, key, value): pass

class Global(Opaque):
    def __init__(self, text): self.text = text

class Persistent(Opaque):
    def __init__(self, pid): self.pid = pid

class Buffer(Opaque):
    def __init__(self, index): self.index = index

class Object:
    def __init__(self, opcode, callee, arguments, keywords=None):
        self.opcode, self.callee, self.arguments, self.keywords = opcode, callee, arguments, keywords
        self.state, self.items, self.pairs = [], [], []
    def append(self, item): self.items.append(item)
    def extend(self, items): self.items.extend(items)
    add = append
    def __setitem__(self, key, value): self.pairs.append((key, value))

class List(list):
    def __setitem__(self, key, value): pass

class Dict:
    def __init__(self): self.pairs = []
    def __setitem__(self, key, value): self.pairs.append((key, value))

class Set:
    def __init__(self): self.items = []
    def add(self, item): self.items.append(item)

class Frozen:
    def __init__(self, items): self.items = items

class ByteArray(Opaque):
    def __init__(self, content): self.content = content

def repaired(text): return text.encode('utf-8', 'surrogatepass').decode('utf-8', 'replace')

class Reference(pickle._Unpickler):
    dispatch = dict(pickle._Unpickler.dispatch)

    def __init__(self, data):
        super().__init__(io.BytesIO(data))
        self.imports, self.globals, self.next = [], {}, 0

    def named(self, text, imported):
        if imported not in self.imports: self.imports.append(imported)
        return self.globals.setdefault(text, Global(text))

    def two_lines(self):
        """As _pickle.c wants them: with an end and not empty."""
        lines = [self.readline(), self.readline()]
        if any(len(line) < 2 or line[-1:] != b'\n' for line in lines): raise pickle.UnpicklingError
        return [line[:-1].decode('utf-8', 'replace') for line in lines]

    def find_class(self, module, name):
        module, name = repaired(module), repaired(name)
        return self.named(f'<{module} {name}>', f'{module} {name}')

    def get_extension(self, code):
        if code <= 0: raise pickle.UnpicklingError
        self.append(self.named(f'<extension {code}>', f'extension {code}'))

    def persistent_load(self, pid): return Persistent(pid)

    def _decode_string(self, value): return value.decode('utf-8', 'replace')


def instruction(name):
    def register(function):
        Reference.dispatch[NAMES[name]] = function
        return function
    return register

@instruction('REDUCE')
def _(self):
    arguments = self.stack.pop()
    self.stack[-1] = Object('REDUCE', self.stack[-1], arguments)

@instruction('NEWOBJ')
def _(self):
    arguments = self.stack.pop()
    self.append(Object('NEWOBJ', self.stack.pop(), arguments))

@instruction('NEWOBJ_EX')
def _(self):
    keywords, arguments = self.stack.pop(), self.stack.pop()
    self.append(Object('NEWOBJ_EX', self.stack.pop(), arguments, [keywords]))

@instruction('INST')
def _(self):
    callee = self.find_class(*self.two_lines())
    arguments = tuple(self.pop_mark())
    self.append(Object('INST', callee, arguments))

@instruction('GLOBAL')
def _(self):
    self.append(self.find_class(*self.two_lines()))

@instruction('OBJ')
def _(self):
    items = self.pop_mark()
    self.append(Object('OBJ', items.pop(0), tuple(items)))

@instruction('BUILD')
def _(self):
    state = self.stack.pop()
    if isinstance(self.stack[-1], Object): self.stack[-1].state = [state]

@instruction('STACK_GLOBAL')
def _(self):
    name, module = self.stack.pop(), self.stack.pop()
    if type(name) is str and type(module) is str:
        self.append(self.find_class(module, name))
    else:
        text = ' '.join(['dynamic'] + [repaired(part) if type(part) is str else '' for part in (module, name)])
        self.append(self.named(f'<{text}>', text))

def unless_empty(name):
    """As _pickle.c does it: adding nothing works on anything."""
    add = pickle._Unpickler.dispatch[NAMES[name]]
    @instruction(name)
    def _(self):
        if self.stack:
            add(self)
        else:
            self.pop_mark()
            self.stack[-1]

unless_empty('APPENDS')
unless_empty('ADDITEMS')

@instruction('EMPTY_LIST')
def _(self): self.append(List())

@instruction('LIST')
def _(self):
    items = self.pop_mark()
    self.append(List(items))

@instruction('EMPTY_DICT')
def _(self): self.append(Dict())

@instruction('DICT')
def _(self):
    items, result = self.pop_mark(), Dict()
    for i in range(0, len(items), 2): result[items[i]] = items[i + 1]
    self.append(result)

@instruction('EMPTY_SET')
def _(self): self.append(Set())

@instruction('FROZENSET')
def _(self):
    items = self.pop_mark()
    self.append(Frozen(items))

@instruction('BYTEARRAY8')
def _(self):
    count, = struct.unpack('<Q', self.read(8))
    if count > 1 << 20: raise pickle.UnpicklingError
    self.append(ByteArray(self.read(count)))

@instruction('NEXT_BUFFER')
def _(self):
    self.append(Buffer(self.next))
    self.next += 1

@instruction('READONLY_BUFFER')
def _(self): self.stack[-1]

@instruction('BINSTRING')
def _(self):
    count, = struct.unpack('<i', self.read(4))
    if count < 0: raise pickle.UnpicklingError
    data = self.read(count)
    self.append(data if count > LONGEST_BYTE_STRING else self._decode_string(data))

@instruction('PERSID')
def _(self):
    line = self.readline()
    if line[-1:] != b'\n': raise pickle.UnpicklingError
    self.append(Persistent(line[:-1].decode('utf-8', 'replace')))


def render(value, seen):
    def all(values): return ', '.join(render(item, seen) for item in values)
    if value is None or value is True or value is False: return str(value)
    if isinstance(value, int):
        if -1 << 63 <= value < 1 << 63: return str(value)
        return f"big({value.to_bytes((value + (value < 0)).bit_length() // 8 + 1, 'little', signed=True).hex()})"
    if isinstance(value, float): return f"float({struct.pack('>d', value).hex()})"
    if isinstance(value, str): return f'"{repaired(value)}"'
    if isinstance(value, bytes): return f'bytes({value.hex()})'
    if isinstance(value, ByteArray): return f'bytearray({value.content.hex()})'
    if isinstance(value, tuple): return f'({all(value)})'
    if isinstance(value, Frozen): return 'frozenset{' + all(value.items) + '}'
    if isinstance(value, Global): return value.text
    if isinstance(value, Persistent): return f'pid({render(value.pid, seen)})'
    if isinstance(value, Buffer): return f'buffer({value.index})'
    if id(value) in seen: return f'#{seen[id(value)]}'
    number = seen[id(value)] = len(seen) + 1
    if isinstance(value, List): return f'list#{number}[{all(value)}]'
    if isinstance(value, Set): return f'set#{number}' + '{' + all(value.items) + '}'
    pairs = lambda: ', '.join(f'{render(key, seen)}: {render(item, seen)}' for key, item in value.pairs)
    if isinstance(value, Dict): return f'dict#{number}' + '{' + pairs() + '}'
    parts = [render(value.callee, seen), render(value.arguments, seen)]
    if value.keywords: parts.append('keywords=' + render(value.keywords[0], seen))
    if value.state: parts.append('state=' + render(value.state[0], seen))
    if value.items: parts.append(f'items=[{all(value.items)}]')
    if value.pairs: parts.append('pairs={' + pairs() + '}')
    return f"{value.opcode}#{number}({', '.join(parts)})"


def reference(data):
    """What the result looks like, or None when it is refused; and what had been imported by then."""
    machine = Reference(data)
    try:
        return render(machine.load(), {}), machine.imports
    except RecursionError:
        raise
    except Exception:
        return None, machine.imports


class Compiled(pickle.Unpickler):
    """The unpickler of _pickle.c, on classes that do nothing."""
    def __init__(self, data):
        super().__init__(io.BytesIO(data))
        self.imports = []

    def find_class(self, module, name):
        self.imports.append(f'{module} {name}')
        methods = {key: lambda *_, **__: None for key in ('append', 'extend', 'add', '__setitem__', '__init__')}
        return type('Symbol', (), methods | {'__new__': lambda cls, *_, **__: object.__new__(cls)})

    def persistent_load(self, pid): return Opaque()

def compiled_imports(data):
    machine = Compiled(data)
    try:
        machine.load()
    except Exception:
        pass
    return machine.imports


# --- Values -----------------------------------------------------------------------------------------------------------

class Point:
    def __init__(self, x, y): self.x, self.y = x, y

class Slots:
    __slots__ = ('left', 'right')
    def __init__(self): self.left, self.right = 1, [2]

class Both(Slots):
    def __init__(self):
        super().__init__()
        self.extra = 'in the dict'

class Stated:
    def __getstate__(self): return ('any', 'state', 3)
    def __setstate__(self, state): pass

class NewArguments(int):
    def __getnewargs__(self): return (int(self),)

class NewKeywords:
    def __new__(cls, *positional, **keywords): return object.__new__(cls)
    def __getnewargs_ex__(self): return (1, 2), {'three': 3}

class Reduced:
    def __reduce__(self): return Point, (1, 2), {'z': 3}, iter([4, 5]), iter([('six', 6)])
    def append(self, item): pass
    def __setitem__(self, key, item): pass

class Text(str): pass
class Items(list): pass
class Table(dict): pass
class Colour(enum.Enum): RED = 1
Pair = collections.namedtuple('Pair', 'first second')

class Registered: pass
class RegisteredFar: pass
class RegisteredFurther: pass
copyreg.add_extension('__main__', 'Registered', 7)
copyreg.add_extension('__main__', 'RegisteredFar', 0x1234)
copyreg.add_extension('__main__', 'RegisteredFurther', 0x12345678)

class Storage:
    """Goes into the pickle as a persistent id, like the storage of a tensor."""
    def __init__(self, key): self.key = key

class Persisting(pickle.Pickler):
    def persistent_id(self, value):
        if isinstance(value, Storage): return ('storage', Point, value.key, 'cpu', 12)

class PersistingText(pickle.Pickler):
    def persistent_id(self, value):
        if isinstance(value, Storage): return value.key


def recursive():
    items = []; items.append(items)
    yield 'recursive list', items
    table = {}; table['self'] = table
    yield 'recursive dict', table
    items = []; items.append((items, 1))
    yield 'tuple in its own list', items
    yield 'list in its own tuple', items[0]
    point = Point(None, None); point.x = point; point.y = [point]
    yield 'recursive object', point
    left, right = Items(), Items(); left.append(right); right.append(left)
    yield 'two lists in each other', left

def values():
    shared, text = [1], 'a text'
    yield 'none', None
    yield 'booleans', [True, False]
    edges = [0, 1, -1, 127, 128, 255, 256, 65535, 65536, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**32, 2**63 - 1, 2**63,
             -2**63, -2**63 - 1, 2**64, -2**64, 2**71, 2**72 - 1, -2**72]
    yield 'integers', edges
    yield 'long integers', [3**1500, -(3**1500), 1 << 2040]
    yield 'magic number', 0x1950a86a20f9469cfc6c
    yield 'floats', [0.0, -0.0, 1.5, -1e300, 1e-320, float('inf'), float('-inf'), float('nan'), 0.1, 1e22, 5e-324]
    yield 'texts', ['', 'a', 'x' * 255, 'y' * 256, 'line\nend\r\0', 'back\\slash \\u0041', 'é', '€', '𝄞', '\ud800', '\x1a']
    yield 'bytes', [b'', b'abc', bytes(range(256)), b'\n' * 300]
    yield 'bytearray', [bytearray(b''), bytearray(b'abc')]
    yield 'tuples', [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), ((), ((),))]
    yield 'lists', [[], [1], [1, 2], [[[]]]]
    yield 'dicts', [{}, {'a': 1}, {'a': 1, 2: 'b', None: (), (1, 2): {}}]
    yield 'sets', [set(), {1}, {1, 2, 3}, frozenset(), frozenset([4, 5])]
    yield 'many items', [None] * 1003
    yield 'many entries', dict.fromkeys(range(1003))
    yield 'many members', set(range(1003))
    yield 'shared list', [shared, shared, [shared]]
    yield 'shared text', [text, text, {text: text}]
    yield 'shared tuple', [(1, text)] * 3
    yield 'deep list', functools.reduce(lambda inner, _: [inner], range(60), [])
    yield from recursive()
    yield 'global', [Point, len, collections.OrderedDict, os.path.join]
    yield 'nested class', collections.OrderedDict.fromkeys
    yield 'object', Point(1, [2, 3])
    yield 'objects', [Point(1, 2), Point(3, Point(4, 5))]
    yield 'object with a state of its own', Stated()
    yield 'object with new arguments', NewArguments(17)
    yield 'object that reduces', Reduced()
    yield 'subclasses', [Text('text'), Items([1, 2]), Table(a=1)]
    yield 'enum', [Colour.RED, Colour.RED]
    yield 'named tuple', Pair(1, 2)
    yield 'ordered dict', collections.OrderedDict([('b', 1), ('a', [2])])
    yield 'default dict', collections.defaultdict(list, a=[1])
    yield 'counter', collections.Counter('aab')
    yield 'deque', collections.deque([1, 2], maxlen=3)
    yield 'numbers', [decimal.Decimal('1.50'), fractions.Fraction(1, 3), 1 + 2j]
    yield 'ranges', [range(1, 9, 2), slice(None, 3)]
    yield 'dates', [datetime.datetime(2026, 11, 23, 12, 30), datetime.date(2026, 11, 23), datetime.timedelta(1, 2, 3)]
    yield 'array', array.array('d', [1.5, 2.5])
    yield 'partial', functools.partial(int, base=2)
    yield 'exception', ValueError('text', 3)
    yield 'uuid', uuid.UUID(int=5)
    yield 'path', pathlib.PurePosixPath('a/b')
    yield 'registered', [Registered(), RegisteredFar, RegisteredFurther, Registered]
    yield 'storages', collections.OrderedDict((f'layer.{i}', (Storage(str(i)), 0, (3, 4), (4, 1))) for i in range(3))
    yield 'slots', [Slots(), Both()]
    yield 'new keywords', NewKeywords()

def dump(value, protocol, name):
    output = io.BytesIO()
    if name == 'storages':
        (Persisting if protocol > 0 else PersistingText)(output, protocol).dump(value)
    else:
        pickle.Pickler(output, protocol).dump(value)
    return output.getvalue()

SOME_PROTOCOLS = {'many entries': (0, 4), 'many members': (4,), 'long integers': (0, 2)}

def dumps():
    for name, value in values():
        found = {}
        for protocol in SOME_PROTOCOLS.get(name, range(6)):
            try:
                data = dump(value, protocol, name)
            except (TypeError, pickle.PicklingError, RecursionError):  # slots, list subclasses in cycles: from protocol 2 on
                continue
            found.setdefault(data, []).append(protocol)
        for data, protocols in found.items(): yield name, protocols, data
    buffers = []
    shared = pickle.PickleBuffer(bytearray(b'in or out'))
    yield 'buffer in band', [5], pickle.dumps([shared, pickle.PickleBuffer(b'constant')], 5)
    data = pickle.dumps([shared, pickle.PickleBuffer(b'constant'), shared], 5, buffer_callback=buffers.append)
    yield 'buffer out of band', [5], data
    yield 'pure python pickler', [4], pickle._dumps([Point(1, 2), {'a': {1, 2}}], 4)
    yield 'no memo', [2], pickletools.optimize(pickle.dumps([Point(1, 2), (1, 2, 3, 4)], 2))


# --- Programs ---------------------------------------------------------------------------------------------------------

def line(text): return text.encode('utf-8') + b'\n'

class Program:
    """A random sequence of opcodes that mostly makes sense: it knows how many values lie above each mark."""
    def __init__(self, random): self.random, self.levels, self.data, self.memo, self.kinds = random, [0], b'', [], []

    def emit(self, name, argument=b''): self.data += bytes([NAMES[name]]) + argument

    def integer(self): return self.random.choice([0, 1, 2, 9, 255, 256, 70000, -1, -70000, 2**31 - 1, -2**31, 2**40, -2**70, 2**90])

    def text(self): return self.random.choice(['', 'a', 'os', 'system', 'é€', 'two words', 'x' * 40, "it's", '"q"', 'tab\t'])

    def scalar(self):
        pick, value, text = self.random.choice, self.integer(), self.text()
        encoded = text.encode('utf-8')
        little = lambda value: value.to_bytes(value.bit_length() // 8 + 1, 'little', signed=True) if value else b''
        options = {
            'INT': lambda: line(pick(['00', '01', '0', '1', '-17', '0x1F', '0b11', '1_000', str(value)])),
            'BININT': lambda: struct.pack('<i', max(-2**31, min(2**31 - 1, value))),
            'BININT1': lambda: bytes([value & 255]),
            'BININT2': lambda: struct.pack('<H', value & 65535),
            'LONG': lambda: line(str(value) + pick(['L', ''])),
            'LONG1': lambda: (lambda b: bytes([len(b)]) + b)(little(value) + pick([b'', b'']) ),
            'LONG4': lambda: (lambda b: struct.pack('<i', len(b)) + b)(little(value)),
            'FLOAT': lambda: line(pick(['1.5', '-0.0', '1e300', 'inf', '-inf', 'nan', '.5', '2.', '7', '+3e-5', 'Infinity'])),
            'BINFLOAT': lambda: struct.pack('>d', pick([0.0, -1.5, 1e300, float('inf')])),
            'NONE': lambda: b'', 'NEWTRUE': lambda: b'', 'NEWFALSE': lambda: b'',
            'STRING': lambda: line(pick([repr(text), '"a\\x41\\n\\\'\\q\\101\\0"', "'\\\\'", "''", '"\\xe9"', "'\\7z\\777'"])),
            'BINSTRING': lambda: struct.pack('<i', len(encoded)) + encoded,
            'SHORT_BINSTRING': lambda: bytes([len(encoded)]) + encoded,
            'UNICODE': lambda: line(pick(['', 'plain', '\\u20ac', '\\U0001d11e', '\\\\u0041', '\\x', 'end\\', '\\ud83d\\ude00'])),
            'SHORT_BINUNICODE': lambda: bytes([len(encoded)]) + encoded,
            'BINUNICODE': lambda: struct.pack('<I', len(encoded)) + encoded,
            'BINUNICODE8': lambda: struct.pack('<Q', len(encoded)) + encoded,
            'SHORT_BINBYTES': lambda: bytes([len(encoded)]) + encoded,
            'BINBYTES': lambda: struct.pack('<I', len(encoded)) + encoded,
            'BINBYTES8': lambda: struct.pack('<Q', len(encoded)) + encoded,
            'BYTEARRAY8': lambda: struct.pack('<Q', len(encoded)) + encoded,
            'NEXT_BUFFER': lambda: b'', 'EMPTY_LIST': lambda: b'', 'EMPTY_TUPLE': lambda: b'',
            'EMPTY_DICT': lambda: b'', 'EMPTY_SET': lambda: b'',
            'GLOBAL': lambda: line(pick(['os', 'torch._utils'])) + line(pick(['system', 'a.b', '_rebuild'])),
            'EXT1': lambda: b'\x07', 'EXT2': lambda: b'\x34\x12', 'EXT4': lambda: b'\x78\x56\x34\x12',
            'PERSID': lambda: line(pick(['7', 'key'])),
        }
        name = pick(list(options))
        kind = {'EMPTY_LIST': 'list', 'EMPTY_DICT': 'dict', 'EMPTY_SET': 'set', 'GLOBAL': 'opaque', 'EXT1': 'opaque',
                'EXT2': 'opaque', 'EXT4': 'opaque', 'PERSID': 'opaque', 'NEXT_BUFFER': 'opaque'}.get(name, 'other')
        self.emit(name, options[name]())
        self.kinds.append(kind)

    def step(self):
        pick, fence = self.random.choice, self.levels[-1]
        above = len(self.kinds) - fence
        choice = pick(['scalar'] * 6 + ['mark', 'close', 'close', 'grow', 'grow', 'tuple', 'memo', 'get', 'call', 'stack'])
        if choice == 'mark':
            self.emit('MARK'); self.levels.append(len(self.kinds))
        elif choice == 'close' and len(self.levels) > 1:
            below = self.levels[-1] - self.levels[-2]
            target = self.kinds[fence - 1] if below else None
            names = ['TUPLE', 'LIST', 'FROZENSET', 'POP_MARK', 'INST']
            if above % 2 == 0: names.append('DICT')
            if above: names.append('OBJ')
            if target in ('list', 'object', 'opaque'): names += ['APPENDS'] * 3
            if target in ('set', 'object', 'opaque'): names += ['ADDITEMS'] * 3
            if target in ('dict', 'object', 'opaque') and above % 2 == 0: names += ['SETITEMS'] * 3
            name = pick(names)
            self.emit(name, line('mod') + line('Class') if name == 'INST' else b'')
            del self.kinds[fence:]; self.levels.pop()
            kind = {'LIST': 'list', 'DICT': 'dict', 'INST': 'object', 'OBJ': 'object'}.get(name, 'other')
            if name in ('TUPLE', 'LIST', 'FROZENSET', 'INST', 'DICT', 'OBJ'): self.kinds.append(kind)
        elif choice == 'grow' and above >= 2:
            if self.kinds[-2] in ('list', 'object', 'opaque'):
                self.emit('APPEND'); self.kinds.pop()
            elif above >= 3 and self.kinds[-3] in ('dict', 'object', 'opaque'):
                self.emit('SETITEM'); del self.kinds[-2:]
            else:
                self.emit('BUILD'); self.kinds.pop()
        elif choice == 'tuple' and above:
            count = pick([1, 2, 3])
            if above >= count:
                self.emit(f'TUPLE{count}'); del self.kinds[-count:]; self.kinds.append('other')
        elif choice == 'memo' and above:
            name = pick(['PUT', 'BINPUT', 'LONG_BINPUT', 'MEMOIZE'])
            index = len(set(index for index, _ in self.memo)) if name == 'MEMOIZE' else pick([0, 1, 2, 5, 9, 200, 5000])
            if name == 'BINPUT': index &= 255
            argument = {'PUT': line(str(index)), 'BINPUT': bytes([index & 255]), 'LONG_BINPUT': struct.pack('<I', index)}
            self.emit(name, argument.get(name, b''))
            self.memo = [entry for entry in self.memo if entry[0] != index] + [(index, self.kinds[-1])]
        elif choice == 'get' and self.memo:
            index, kind = pick(self.memo)
            name = pick(['GET', 'LONG_BINGET'] + ['BINGET'] * (index < 256))
            argument = {'GET': line(str(index)), 'LONG_BINGET': struct.pack('<I', index), 'BINGET': bytes([index & 255])}
            self.emit(name, argument[name]); self.kinds.append(kind)
        elif choice == 'call' and above >= 2:
            name = pick(['REDUCE', 'NEWOBJ', 'STACK_GLOBAL'] + ['NEWOBJ_EX'] * (above >= 3))
            self.emit(name); del self.kinds[-3 if name == 'NEWOBJ_EX' else -2:]
            self.kinds.append('opaque' if name == 'STACK_GLOBAL' else 'object')
        elif choice == 'stack' and above:
            name = pick(['DUP', 'POP', 'BINPERSID', 'READONLY_BUFFER', 'PROTO'])
            self.emit(name, bytes([pick(range(6))]) if name == 'PROTO' else b'')
            if name == 'DUP': self.kinds.append(self.kinds[-1])
            if name == 'POP': self.kinds.pop()
            if name == 'BINPERSID': self.kinds[-1] = 'opaque'
        elif self.random.random() < 0.02:  # anything at all
            self.emit(pick(['APPENDS', 'SETITEMS', 'TUPLE3', 'POP', 'GET', 'REDUCE', 'MARK', 'DICT', 'BUILD', 'OBJ']), b'')
            self.kinds.append('other')
        else:
            self.scalar()

    def finish(self):
        """Gathers everything on the stack in the result."""
        while len(self.levels) > 1:
            self.emit('LIST')
            fence = self.levels.pop()
            del self.kinds[fence:]
            self.kinds.append('list')
        while len(self.kinds) > 1:
            self.emit('TUPLE2'); self.kinds.pop(); self.kinds[-1] = 'other'
        self.emit('STOP')
        return self.data

def program(seed):
    program = Program(random.Random(seed))
    for _ in range(program.random.randint(3, 40)): program.step()
    return program.finish()


# --- The file ---------------------------------------------------------------------------------------------------------

def fingerprint(text):
    """FNV-1a."""
    result = 0xcbf29ce484222325
    for byte in text.encode('utf-8'): result = (result ^ byte) * 0x100000001b3 % 2**64
    return f'{result:016x}'

def main():
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))  # a flipped memo index makes _pickle.c ask for memory
    entries, flips, programs = [], [], []
    for name, protocols, data in dumps():
        rendering, imports = reference(data)
        assert rendering is not None, name
        entries.append(dict(name=name, protocols=protocols, hex=data.hex(), rendering=rendering, imports=imports))
    for seed in range(600):
        data = program(seed)
        rendering, imports = reference(data)
        programs.append(dict(hex=data.hex(), rendering=rendering, imports=imports))
    dice = random.Random(20261123)
    short = [index for index, entry in enumerate(entries) if len(entry['hex']) < 1000]
    while len(flips) < 2000:
        index = dice.choice(short)
        data = bytearray.fromhex(entries[index]['hex'])
        at, byte = dice.randrange(len(data)), dice.randrange(256)
        data[at] = byte
        rendering, imports = reference(bytes(data))
        for found in compiled_imports(bytes(data)):
            if 'Registered' in found: continue  # an extension, which _pickle.c knows by its name
            if repaired(found) not in imports: imports.append(repaired(found))
        flip = dict(of=index, at=at, byte=byte)
        if rendering is not None: flip['fingerprint'] = fingerprint(rendering)
        if imports != entries[index]['imports']: flip['imports'] = imports
        flips.append(flip)
    output = dict(opcodes=NAMES, values=entries, programs=programs, flips=flips)
    lines = [f'"opcodes": {json.dumps(NAMES)}']
    for key in ('values', 'programs', 'flips'):
        rows = ',\n'.join(json.dumps(row) for row in output[key])
        lines.append(f'"{key}": [\n{rows}\n]')
    path = pathlib.Path(__file__).with_name('pickles.json')
    path.write_text('{\n' + ',\n'.join(lines) + '\n}\n')
    used = {op.name for row in entries + programs for op in operations(bytes.fromhex(row['hex']))}
    print(len(entries), 'values,', len(programs), 'programs,', sum(p['rendering'] is None for p in programs), 'refused,',
          sum('fingerprint' in f for f in flips), 'of', len(flips), 'flips accepted,', path.stat().st_size, 'bytes; unused:',
          sorted(set(NAMES) - used))

def operations(data):
    try:
        for op, _, _ in pickletools.genops(data): yield op
    except Exception:
        pass

if __name__ == '__main__':
    if os.environ.get('PYTHONHASHSEED') != '0':  # the order of sets
        os.execve(sys.executable, [sys.executable] + sys.argv, os.environ | {'PYTHONHASHSEED': '0'})
    main()
