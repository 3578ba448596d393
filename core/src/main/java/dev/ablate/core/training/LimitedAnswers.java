package dev.ablate.core.training;

import java.util.Optional;

/**
 * Implemented by the options record of a trainer whose models cannot answer every number.
 *
 * <p>A spec whose targets, scaled as the spec says, are outside the range is refused when it is planned.
 */
public interface LimitedAnswers {

    /** The range of what a model of these options answers; empty if it answers any number. */
    Optional<AnswerRange> answerRange();
}
