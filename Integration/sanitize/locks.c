// The slow path of Swift's `Mutex` in terms that the thread sanitizer understands.
//
// On Linux a contended `Mutex` is locked by the kernel (FUTEX_LOCK_PI). The sanitizer sees the fast path, a compare and
// exchange that is compiled into the caller, but not the kernel's, so it would report everything that two waiting threads
// do under a lock. Loaded before libswiftSynchronization, these functions take the place of its slow paths: they wait in a
// loop and exchange the word with acquire order, which this file, compiled with the sanitizer, tells it. The word never
// gets the bit that says somebody waits, so unlocking always succeeds on the fast path.
//
// The functions have Swift's calling convention: the handle, whose first member is the lock's word, is passed as `self`.

#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

// The programs that a test starts are not built with the sanitizer.
__attribute__((constructor)) static void leave_children_alone(void) { unsetenv("LD_PRELOAD"); }

#define SWIFT_SELF __attribute__((swift_context))

__attribute__((swiftcall)) void lock_slow(uint32_t thread, SWIFT_SELF uint32_t *word)
    __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
__attribute__((swiftcall)) bool try_lock_slow(SWIFT_SELF uint32_t *word)
    __asm__("$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF");
__attribute__((swiftcall)) void unlock_slow(SWIFT_SELF uint32_t *word)
    __asm__("$s15Synchronization12_MutexHandleV11_unlockSlowyyF");

__attribute__((swiftcall)) void lock_slow(uint32_t thread, SWIFT_SELF uint32_t *word) {
    if (__atomic_load_n(word, __ATOMIC_RELAXED) == thread) abort();  // Locked twice by the same thread.
    for (uint32_t free = 0; !__atomic_compare_exchange_n(word, &free, thread, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
         free = 0)
        sched_yield();
}

__attribute__((swiftcall)) bool try_lock_slow(SWIFT_SELF uint32_t *word) {
    (void)word;
    return false;
}

__attribute__((swiftcall)) void unlock_slow(SWIFT_SELF uint32_t *word) {
    __atomic_store_n(word, 0, __ATOMIC_RELEASE);
}
