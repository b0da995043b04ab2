import Glibc
import Synchronization

/// Counts what a walk will give, on a thread of its own, for as long as somebody holds it.
final class BackgroundFileCount: Sendable {
    private final class State: Sendable {
        let count = Atomic(0)
        let isDone = Atomic(false)
        let isWanted = Atomic(true)
    }

    private final class Work {
        var walker: Walker
        let state: State

        init(_ walker: Walker, _ state: State) { (self.walker, self.state) = (walker, state) }

        func run() {
            while state.isWanted.load(ordering: .relaxed), let item = walker.next() {
                if case .artifact = item { state.count.add(1, ordering: .relaxed) }
            }
            state.isDone.store(true, ordering: .releasing)
        }
    }

    private let state = State()

    init(_ walker: Walker) {
        let work = unsafe Unmanaged.passRetained(Work(walker, state))
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { context in
                if let context = unsafe context {
                    unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
                }
                return nil
            }, work.toOpaque())
        if status == 0 {
            pthread_detach(thread)
        } else {
            // Without a thread there is no total, which is what a scan is told at its beginning anyway.
            unsafe work.release()
        }
    }

    deinit { state.isWanted.store(false, ordering: .relaxed) }

    /// Nil until the end is reached.
    var total: Int? {
        state.isDone.load(ordering: .acquiring) ? state.count.load(ordering: .relaxed) : nil
    }
}
