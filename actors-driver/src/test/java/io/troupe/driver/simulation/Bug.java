package io.troupe.driver.simulation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.concurrent.atomic.AtomicInteger;

/// A bug to be put into a class: a method that does nothing and returns always the same, or that
/// leaves out a call.
///
/// @param what the bug in words
/// @param owner the class
/// @param method the method, all of that name
/// @param instead what it does instead
record Bug(String what, Class<?> owner, String method, Instead instead) {
    private static final ClassDesc LIST = ClassDesc.of("java.util.List");

    /// What a method does instead of what it should.
    sealed interface Instead {
        /// Returns at once: nothing, zero, false, null, or an empty list.
        record ReturnNothing() implements Instead {}

        /// Returns true at once.
        record ReturnTrue() implements Instead {}

        /// Returns its first argument at once.
        record ReturnFirst() implements Instead {}

        /// Does not call another method that it should call.
        record LeaveOut(String called) implements Instead {}
    }

    @Override
    public String toString() {
        return what;
    }

    /// The class with the bug.
    ///
    /// @throws IllegalStateException if the class has no such method any more
    byte[] putInto(byte[] bytes) {
        AtomicInteger changed = new AtomicInteger();
        ClassModel model = ClassFile.of().parse(bytes);
        byte[] made =
                ClassFile.of()
                        .transformClass(
                                model,
                                ClassTransform.transformingMethods(
                                        m ->
                                                m.methodName().equalsString(method)
                                                        && m.code().isPresent(),
                                        transform(changed)));
        if (changed.get() == 0) {
            throw new IllegalStateException(
                    owner.getSimpleName() + "." + method + " is not there for: " + what);
        }
        return made;
    }

    private MethodTransform transform(AtomicInteger changed) {
        if (instead instanceof Instead.LeaveOut(String called)) {
            return MethodTransform.transformingCode(leaveOut(called, changed));
        }
        return (builder, element) -> {
            if (element instanceof java.lang.classfile.CodeModel code) {
                changed.incrementAndGet();
                MethodModel of = code.parent().orElseThrow();
                builder.withCode(body -> replace(body, of));
            } else {
                builder.with(element);
            }
        };
    }

    private void replace(CodeBuilder body, MethodModel of) {
        MethodTypeDesc type = of.methodTypeSymbol();
        switch (instead) {
            case Instead.ReturnTrue _ -> body.iconst_1();
            case Instead.ReturnFirst _ ->
                    body.aload((of.flags().flagsMask() & ClassFile.ACC_STATIC) != 0 ? 0 : 1);
            default -> push(body, type.returnType());
        }
        body.return_(TypeKind.from(type.returnType()));
    }

    private static void push(CodeBuilder body, ClassDesc type) {
        switch (TypeKind.from(type)) {
            case VOID -> body.nop();
            case LONG -> body.lconst_0();
            case DOUBLE -> body.dconst_0();
            case FLOAT -> body.fconst_0();
            case REFERENCE -> {
                if (type.equals(LIST)) {
                    body.invokestatic(LIST, "of", MethodTypeDesc.of(LIST), true);
                } else {
                    body.aconst_null();
                }
            }
            default -> body.iconst_0();
        }
    }

    private static CodeTransform leaveOut(String called, AtomicInteger changed) {
        return (builder, element) -> {
            if (element instanceof InvokeInstruction call && call.name().equalsString(called)) {
                changed.incrementAndGet();
                MethodTypeDesc type = call.typeSymbol();
                for (int i = type.parameterCount() - 1; i >= 0; i--) {
                    pop(builder, type.parameterType(i));
                }
                if (call.opcode() != java.lang.classfile.Opcode.INVOKESTATIC) {
                    builder.pop();
                }
                push(builder, type.returnType());
            } else {
                builder.with(element);
            }
        };
    }

    private static void pop(CodeBuilder builder, ClassDesc type) {
        if (TypeKind.from(type).slotSize() == 2) {
            builder.pop2();
        } else {
            builder.pop();
        }
    }
}
