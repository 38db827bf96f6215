package io.troupe.columnar.kernel;

/// Makes the kernel of a call, chosen by types and constants once, outside of every loop.
@FunctionalInterface
public interface KernelFactory {
    VectorKernel create(Signature signature);
}
